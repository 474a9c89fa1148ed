package com.lattestream.core.internal.http;

import com.lattestream.core.RequestKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Divides the connections of a pool among the kinds of requests. A sixth of the connections, at least one, is reserved
 * for each kind. The remaining connections are shared. A kind that needs more than its reserved connections uses shared
 * ones, so requests of one kind that hang cannot use up the connections that are reserved for the others. Requests wait
 * if no connection is available, in FIFO order within a kind.
 *
 * <p>With two connections, one is reserved for events, and one for all other requests. A single connection cannot be
 * divided. Thread-safe.
 */
final class ConnectionShares {

    private static final int RESERVED_FRACTION = 6;

    private final ReentrantLock lock = new ReentrantLock();

    private final List<Share> shares = new ArrayList<>();

    private final Map<RequestKind, Share> sharesByKind = new EnumMap<>(RequestKind.class);

    private final int reserved;

    private final int common;

    private int commonInUse;

    // the kind at which the next search for a waiting request begins, so that no kind always has priority
    private int turn;

    ConnectionShares(int connections) {
        for (RequestKind kind : RequestKind.values()) {
            // with too few connections, the last kinds have one common share
            if (shares.size() < connections) {
                shares.add(new Share());
            }
            sharesByKind.put(kind, shares.get(shares.size() - 1));
        }
        reserved = Math.max(1, connections / RESERVED_FRACTION);
        common = connections - shares.size() * reserved;
    }

    /**
     * Returns the maximum number of connections that requests of one kind use while there are no requests of other
     * kinds.
     */
    int limit() {
        return reserved + common;
    }

    /**
     * Acquires a connection, or adds the exchange to the queue of its kind.
     * @param exchange the exchange that needs a connection
     * @return false if the exchange waits; the exchange that {@linkplain #release releases} the connection then begins
     * it
     */
    boolean acquire(Exchange exchange) {
        Share share = share(exchange.kind());
        lock.lock();
        try {
            if (share.waiting.isEmpty() && mayTake(share)) {
                take(share);
                return true;
            }
            share.waiting.add(exchange);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean mayTake(Share share) {
        return share.inUse < reserved || commonInUse < common;
    }

    private void take(Share share) {
        share.inUse++;
        if (share.inUse > reserved) {
            commonInUse++;
        }
    }

    /**
     * Removes an exchange from the queue.
     * @param exchange the exchange
     * @return whether it was waiting
     */
    boolean cancel(Exchange exchange) {
        lock.lock();
        try {
            return share(exchange.kind()).waiting.remove(exchange);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Releases a connection.
     * @param kind the kind of the request that used it
     * @return a waiting exchange that now has the connection, to be begun by the caller; null if no exchange waits
     */
    @Nullable Exchange release(RequestKind kind) {
        Share share = share(kind);
        lock.lock();
        try {
            if (share.inUse > reserved) {
                commonInUse--;
            }
            share.inUse--;
            return takeForWaiting();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Exchange takeForWaiting() {
        for (int i = 0; i < shares.size(); i++) {
            Share share = shares.get((turn + i) % shares.size());
            if (!share.waiting.isEmpty() && mayTake(share)) {
                turn = (turn + i + 1) % shares.size();
                take(share);
                Iterator<Exchange> first = share.waiting.iterator();
                Exchange next = first.next();
                first.remove();
                return next;
            }
        }
        return null;
    }

    /** Returns how many requests of a kind have a connection. */
    int running(RequestKind kind) {
        lock.lock();
        try {
            return share(kind).inUse;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many requests of a kind wait for a connection. */
    int waiting(RequestKind kind) {
        lock.lock();
        try {
            return share(kind).waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many requests wait for a connection. */
    int waiting() {
        lock.lock();
        try {
            int waiting = 0;
            for (Share share : shares) {
                waiting += share.waiting.size();
            }
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("NullAway") // each kind has a share
    private Share share(RequestKind kind) {
        return sharesByKind.get(kind);
    }

    private static final class Share {

        private final Set<Exchange> waiting = new LinkedHashSet<>();

        private int inUse;
    }
}
