package com.lattestream.spring.internal.transaction;

import com.lattestream.core.TransactionBoundary;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Knows the transactions that Spring binds to threads, with their savepoints; not those of reactive code. */
public final class SpringTransactionBoundary implements TransactionBoundary {

    /** Creates one. */
    public SpringTransactionBoundary() {}

    @Override
    public void afterCompletion(Runnable committed, Runnable rolledBack) {
        // as transactional event listeners do: a scope without a transaction has no commit to wait for
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
