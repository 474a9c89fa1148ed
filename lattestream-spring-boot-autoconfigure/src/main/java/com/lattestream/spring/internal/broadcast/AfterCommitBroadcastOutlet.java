package com.lattestream.spring.internal.broadcast;

import com.lattestream.core.Event;
import com.lattestream.core.TransactionBoundary;

/** Outlet that keeps broadcasts in memory until the commit. */
public final class AfterCommitBroadcastOutlet implements BroadcastOutlet {

    private final TransactionBoundary transactions;

    private final BroadcastSender sender;

    /**
     * Creates an outlet.
     * @param transactions the boundary that reports the commit
     * @param sender sends the committed broadcasts
     */
    public AfterCommitBroadcastOutlet(TransactionBoundary transactions, BroadcastSender sender) {
        this.transactions = transactions;
        this.sender = sender;
    }

    @Override
    public void accept(String client, Event event) {
        transactions.afterCompletion(() -> sender.send(client, event), () -> {});
    }
}
