package com.lattestream.spring.internal.transaction;

import com.lattestream.core.TransactionBoundary;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Knows the transactions that Spring binds to threads; not those of reactive code. */
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
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            // rather than afterCommit, whose exceptions reach whoever committed
            @Override
            public void afterCompletion(int status) {
                (status == STATUS_COMMITTED ? committed : rolledBack).run();
            }
        });
    }
}
