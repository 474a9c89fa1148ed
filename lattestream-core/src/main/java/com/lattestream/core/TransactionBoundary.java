package com.lattestream.core;

/**
 * Runs actions when the transaction of the calling thread ends. A {@link LatteStreamTemplate} requires it, because
 * transactions belong to the libraries that the application uses. With Spring Boot, a bean of this type uses Spring's
 * transactions. Implementations are thread-safe.
 */
@FunctionalInterface
public interface TransactionBoundary {

    /**
     * Runs one of two actions, once. Without a current transaction, the first one runs immediately. Actions must not
     * throw exceptions, and must return quickly.
     * @param committed runs after the commit, when it is final
     * @param rolledBack runs after a rollback, after a rollback to a savepoint that was created before this call, or if
     * the outcome of the transaction is unknown
     */
    void afterCompletion(Runnable committed, Runnable rolledBack);

    /**
     * Returns a boundary for programs without transactions.
     * @return a boundary that runs the first action immediately
     */
    static TransactionBoundary none() {
        return (committed, rolledBack) -> committed.run();
    }
}
