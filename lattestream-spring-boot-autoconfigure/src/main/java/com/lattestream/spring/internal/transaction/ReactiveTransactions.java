package com.lattestream.spring.internal.transaction;

import com.lattestream.core.TransactionBoundary;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import reactor.core.publisher.Flux;
import reactor.util.context.ContextView;

/**
 * Finds Spring's reactive transactions. There are none without Spring's transaction support and Reactor on the
 * classpath.
 */
public final class ReactiveTransactions {

    private static final boolean PRESENT = isPresent("org.springframework.transaction.reactive.TransactionContext")
            && isPresent("reactor.core.publisher.Mono");

    private ReactiveTransactions() {}

    private static boolean isPresent(String type) {
        return ClassUtils.isPresent(type, ReactiveTransactions.class.getClassLoader());
    }

    /**
     * Returns the transaction in which an application event was published, if Spring's
     * {@code TransactionalEventPublisher} has published it.
     * @param source the source of the event
     * @return the transaction, or null if the source is not an active transaction
     */
    public static @Nullable TransactionBoundary ofSource(Object source) {
        return PRESENT ? ReactiveTransactionBoundary.find(source) : null;
    }

    /**
     * Returns the transaction of a Reactor context.
     * @param context the context of a subscription
     * @return the transaction, or null if there is no active transaction
     */
    public static @Nullable TransactionBoundary ofContext(ContextView context) {
        return PRESENT
                ? ReactiveTransactionBoundary.find(context.getOrDefault(ReactiveTransactionBoundary.KEY, null))
                : null;
    }

    /**
     * Returns whether a method is annotated as transactional, or its class is.
     * @param method the method
     * @param targetClass the class of the bean
     * @return whether a transactional interceptor applies to it
     */
    public static boolean isTransactional(Method method, Class<?> targetClass) {
        return PRESENT && ReactiveTransactionBoundary.isTransactional(method, targetClass);
    }

    /**
     * Shares the transaction that Spring's interceptor starts for a transactional method with the downstream Reactor
     * context: the interceptor uses an existing transaction context. Must not be used for other methods, because the
     * transactions that such a method starts, possibly concurrently, each have their own context.
     * @param elements the elements of a transactional method, which are emitted before the commit
     * @param <T> the type of the elements
     * @return the same elements
     */
    public static <T> Flux<T> shareTransaction(Flux<T> elements) {
        return PRESENT ? ReactiveTransactionBoundary.shareTransaction(elements) : elements;
    }
}
