package com.lattestream.spring.internal.transaction;

import com.lattestream.core.TransactionBoundary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.reactive.TransactionContext;
import org.springframework.transaction.reactive.TransactionContextManager;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * One active reactive transaction of Spring. A rollback to a savepoint does not reach it, because Spring does not report
 * savepoints to the synchronizations of reactive transactions.
 */
public final class ReactiveTransactionBoundary implements TransactionBoundary {

    private static final Logger logger = LoggerFactory.getLogger(ReactiveTransactionBoundary.class);

    private static final boolean PRESENT = isPresent("org.springframework.transaction.reactive.TransactionContext")
            && isPresent("reactor.core.publisher.Mono");

    private final TransactionSynchronizationManager transaction;

    private ReactiveTransactionBoundary(TransactionSynchronizationManager transaction) {
        this.transaction = transaction;
    }

    private static boolean isPresent(String type) {
        return ClassUtils.isPresent(type, ReactiveTransactionBoundary.class.getClassLoader());
    }

    /**
     * Returns the transaction in which an application event was published, as Spring's {@code TransactionalEventPublisher}
     * does it.
     * @param source the source of the event
     * @return the transaction, or null if the source is none, or one that is not active
     */
    public static @Nullable TransactionBoundary ofSource(Object source) {
        return PRESENT ? Source.find(source) : null;
    }

    /**
     * Returns the transaction of a Reactor context.
     * @param context the context of a subscription
     * @return the transaction, or null if there is none, or one that is not active
     */
    public static @Nullable TransactionBoundary ofContext(ContextView context) {
        return PRESENT ? Source.find(context.getOrDefault(Source.KEY, null)) : null;
    }

    /**
     * Makes the transactions that are started upstream visible in the Reactor context downstream: Spring's transactional
     * interceptor and operator use a transaction context that is there.
     * @param elements elements that may be emitted inside a transaction that is not committed yet
     * @param <T> the type of the elements
     * @return the same elements
     */
    public static <T> Flux<T> share(Flux<T> elements) {
        return PRESENT ? Source.share(elements) : elements;
    }

    @Override
    public void afterCompletion(Runnable committed, Runnable rolledBack) {
        transaction.registerSynchronization(new Completion(committed, rolledBack));
    }

    private static final class Source {

        static final Object KEY = TransactionContext.class;

        static @Nullable TransactionBoundary find(@Nullable Object source) {
            if (!(source instanceof TransactionContext context)) {
                return null;
            }
            TransactionSynchronizationManager transaction = new TransactionSynchronizationManager(context);
            return transaction.isSynchronizationActive() && transaction.isActualTransactionActive()
                    ? new ReactiveTransactionBoundary(transaction)
                    : null;
        }

        static <T> Flux<T> share(Flux<T> elements) {
            return elements.contextWrite(TransactionContextManager.getOrCreateContext())
                    .contextWrite(TransactionContextManager.getOrCreateContextHolder());
        }
    }

    // no record: the transaction keeps its synchronizations in a set
    private static final class Completion implements TransactionSynchronization {

        private final Runnable committed;

        private final Runnable rolledBack;

        private Completion(Runnable committed, Runnable rolledBack) {
            this.committed = committed;
            this.rolledBack = rolledBack;
        }

        // rather than afterCommit, whose exceptions reach the code that commits
        @Override
        public Mono<Void> afterCompletion(int status) {
            return Mono.fromRunnable(() -> run(status == STATUS_COMMITTED ? committed : rolledBack));
        }

        private static void run(Runnable action) {
            try {
                action.run();
            } catch (RuntimeException | Error ex) {
                logger.error("An action at the end of a transaction failed; the remaining actions still run", ex);
            }
        }
    }
}
