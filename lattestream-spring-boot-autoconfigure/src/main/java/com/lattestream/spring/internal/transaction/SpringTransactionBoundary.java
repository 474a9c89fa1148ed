package com.lattestream.spring.internal.transaction;

import com.lattestream.core.TransactionBoundary;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Transaction boundary of transactions that Spring binds to threads, including their savepoints. Reactive transactions
 * are not supported.
 */
public final class SpringTransactionBoundary implements TransactionBoundary {

    /** Creates a boundary. */
    public SpringTransactionBoundary() {}

    @Override
    public void afterCompletion(Runnable committed, Runnable rolledBack) {
        // the same rule as for transactional event listeners: a scope without a transaction has no commit
        if (!TransactionSynchronizationManager.isSynchronizationActive()
                || !TransactionSynchronizationManager.isActualTransactionActive()) {
            committed.run();
            return;
        }
        pendingActions().add(committed, rolledBack);
    }

    private PendingActions pendingActions() {
        @Nullable Object bound = TransactionSynchronizationManager.getResource(this);
        if (bound instanceof PendingActions pending) {
            return pending;
        }
        PendingActions pending = new PendingActions(this);
        TransactionSynchronizationManager.registerSynchronization(pending);
        pending.resume();
        return pending;
    }
}
