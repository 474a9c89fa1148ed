package com.lattestream.core.internal.http;

import com.lattestream.core.ConnectionPoolStatistics;
import org.apache.hc.core5.pool.ConnPoolStats;

/** Statistics of the connection pool of HttpClient, and of the requests that wait for their share of it. */
record PoolStatistics(ConnPoolStats<?> pool, ConnectionShares shares) implements ConnectionPoolStatistics {

    @Override
    public int max() {
        // excludes the connection of the recovery probe
        return pool.getTotalStats().getMax() - 1;
    }

    @Override
    public int available() {
        return pool.getTotalStats().getAvailable();
    }

    @Override
    public int leased() {
        return pool.getTotalStats().getLeased();
    }

    @Override
    public int pending() {
        return pool.getTotalStats().getPending() + shares.waiting();
    }
}
