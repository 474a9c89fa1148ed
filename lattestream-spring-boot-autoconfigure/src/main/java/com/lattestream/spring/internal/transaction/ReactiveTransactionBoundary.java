package com.lattestream.spring.internal.transaction;

import com.lattestream.core.TransactionBoundary;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionAttributeSource;
import org.springframework.transaction.reactive.TransactionContext;
import org.springframework.transaction.reactive.TransactionContextManager;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One active reactive transaction of Spring. A rollback to a savepoint does not reach it, because Spring does not
 * report savepoints to the synchronizations of reactive transactions.
 */
final class ReactiveTransactionBoundary implements TransactionBoundary {

    /** The key of Spring's transaction context in a Reactor context. */
    static final Object KEY = TransactionContext.class;

    // including methods that are not public, which class-based proxies intercept
    private static final TransactionAttributeSource ATTRIBUTES = new AnnotationTransactionAttributeSource(false);

    private static final Logger logger = LoggerFactory.getLogger(ReactiveTransactionBoundary.class);

    private final TransactionSynchronizationManager transaction;

    private ReactiveTransactionBoundary(TransactionSynchronizationManager transaction) {
        this.transaction = transaction;
    }

    static @Nullable TransactionBoundary find(@Nullable Object source) {
        if (!(source instanceof TransactionContext context)) {
            return null;
        }
        TransactionSynchronizationManager transaction = new TransactionSynchronizationManager(context);
        return transaction.isSynchronizationActive() && transaction.isActualTransactionActive()
                ? new ReactiveTransactionBoundary(transaction)
                : null;
    }

    static boolean isTransactional(Method method, Class<?> targetClass) {
        return ATTRIBUTES.hasTransactionAttribute(method, targetClass);
    }

    static <T> Flux<T> shareTransaction(Flux<T> elements) {
        return elements.contextWrite(TransactionContextManager.getOrCreateContext())
                .contextWrite(TransactionContextManager.getOrCreateContextHolder());
    }

    @Override
    public void afterCompletion(Runnable committed, Runnable rolledBack) {
        transaction.registerSynchronization(new Completion(committed, rolledBack));
    }

    // not a record, because the transaction stores its synchronizations in a set
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
