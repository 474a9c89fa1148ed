package com.lattestream.spring.internal.transaction;

import com.lattestream.core.TransactionBoundary;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import reactor.core.publisher.Flux;
import reactor.util.context.ContextView;

/** Finds Spring's reactive transactions. Without Spring's transaction support or Reactor on the class path, there is none. */
public final class ReactiveTransactions {

    private static final boolean PRESENT = isPresent("org.springframework.transaction.reactive.TransactionContext")
            && isPresent("reactor.core.publisher.Mono");

    private ReactiveTransactions() {}

    private static boolean isPresent(String type) {
        return ClassUtils.isPresent(type, ReactiveTransactions.class.getClassLoader());
    }

    /**
     * Returns the transaction in which an application event was published, if Spring's {@code TransactionalEventPublisher}
     * has published it.
     * @param source the source of the event
     * @return the transaction, or null if the source is none, or one that is not active
     */
    public static @Nullable TransactionBoundary ofSource(Object source) {
        return PRESENT ? ReactiveTransactionBoundary.find(source) : null;
    }

    /**
     * Returns the transaction of a Reactor context.
     * @param context the context of a subscription
     * @return the transaction, or null if there is none, or one that is not active
     */
    public static @Nullable TransactionBoundary ofContext(ContextView context) {
        return PRESENT
                ? ReactiveTransactionBoundary.find(context.getOrDefault(ReactiveTransactionBoundary.KEY, null))
                : null;
    }

    /**
     * Makes the transactions that are started upstream visible in the Reactor context downstream: Spring's transactional
     * interceptor and operator use a transaction context that exists.
     * @param elements elements that may be emitted inside a transaction that is not committed yet
     * @param <T> the type of the elements
     * @return the same elements
     */
    public static <T> Flux<T> share(Flux<T> elements) {
        return PRESENT ? ReactiveTransactionBoundary.share(elements) : elements;
    }
}
