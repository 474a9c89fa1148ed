package com.lattestream.test.internal.request;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Keeps the most recent requests. Thread-safe.
 *
 * @param <T> type of the request records
 */
public final class RequestHistory<T> {

    private final Deque<T> requests = new ArrayDeque<>();

    private final int maxSize;

    private final Factory<T> factory;

    /**
     * Creates an empty history.
     * @param maxSize maximum number of requests; the oldest ones are dropped
     * @param factory creates the records
     */
    public RequestHistory(int maxSize, Factory<T> factory) {
        this.maxSize = maxSize;
        this.factory = factory;
    }

    synchronized void add(String method, String path, int status) {
        requests.addLast(factory.create(method, path, status));
        if (requests.size() > maxSize) {
            requests.removeFirst();
        }
    }

    /**
     * Returns the most recent requests.
     * @return the requests in the order of their responses; unmodifiable
     */
    public synchronized List<T> snapshot() {
        return List.copyOf(requests);
    }

    /**
     * Creates the record of a request.
     *
     * @param <T> type of the record
     */
    @FunctionalInterface
    public interface Factory<T> {

        /**
         * Creates a record.
         * @param method the HTTP method
         * @param path the path, without the query
         * @param status the status of the response; 0 if no response was sent
         * @return the record
         */
        T create(String method, String path, int status);
    }
}
