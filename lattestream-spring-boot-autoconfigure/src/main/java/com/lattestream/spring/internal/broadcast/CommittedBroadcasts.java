package com.lattestream.spring.internal.broadcast;

import com.lattestream.core.Event;
import com.lattestream.core.TransactionBoundary;

/** Keeps broadcasts in memory until the commit. */
public final class CommittedBroadcasts implements BroadcastOutlet {

    private final TransactionBoundary transactions;

    private final BroadcastSender sender;

    /**
     * Creates an outlet.
     * @param transactions tells of the commit
     * @param sender takes what has been committed
     */
    public CommittedBroadcasts(TransactionBoundary transactions, BroadcastSender sender) {
        this.transactions = transactions;
        this.sender = sender;
    }

    @Override
    public void accept(String client, Event event) {
        transactions.afterCompletion(() -> sender.send(client, event), () -> {});
    }
}
