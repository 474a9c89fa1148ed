package com.lattestream.core;

/**
 * The connections of a client to the service. Each method returns the number at the time of the call. Thread-safe.
 *
 * @see LatteStreamClient#unwrapAll(Class)
 */
public interface ConnectionPoolStatistics {

    /**
     * Returns the maximum number of connections.
     * @return the size of the pool
     */
    int max();

    /**
     * Returns the number of open connections that are not in use.
     * @return the idle connections
     */
    int available();

    /**
     * Returns the number of open connections that are in use.
     * @return the connections with a request
     */
    int leased();

    /**
     * Returns the number of requests that wait for a connection.
     * @return the waiting requests
     */
    int pending();
}
