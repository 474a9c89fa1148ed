package com.lattestream.spring.boot.autoconfigure.broadcast;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** Transactions without a resource, whose commit may fail. */
final class Transactions extends AbstractPlatformTransactionManager {

    private static final long serialVersionUID = 1L;

    boolean commitFails;

    @Override
    protected Object doGetTransaction() {
        return new Object();
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {}

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        if (commitFails) {
            throw new TransactionSystemException("the disk is full");
        }
    }

    @Override
    protected void doRollback(DefaultTransactionStatus status) {}
}
