package com.lattestream.core;

/**
 * Tells when the transaction of the calling thread ends: how a {@link LatteStreamTemplate} knows of transactions, which
 * belong to whatever the application works with. With Spring Boot it is a bean that knows Spring's. Implementations are
 * thread-safe.
 */
@FunctionalInterface
public interface TransactionBoundary {

    /**
     * Runs one of two actions, once: when the current transaction has ended, or the first now if there is none. They do
     * not throw, and return soon.
     * @param committed what to do after the commit, when nothing can keep it from having happened
     * @param rolledBack what to do if there was none, or if nobody knows
     */
    void afterCompletion(Runnable committed, Runnable rolledBack);

    /**
     * Returns the boundary of a program without transactions.
     * @return one that runs the first action at once
     */
    static TransactionBoundary none() {
        return (committed, rolledBack) -> committed.run();
    }
}
