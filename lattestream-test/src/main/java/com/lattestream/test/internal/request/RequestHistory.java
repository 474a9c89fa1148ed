package com.lattestream.test.internal.request;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last requests. Thread-safe. */
public final class RequestHistory {

    private final Deque<RecordedRequest> requests = new ArrayDeque<>();

    private final int maxSize;

    /**
     * Creates it without any request.
     * @param maxSize how many are kept
     */
    public RequestHistory(int maxSize) {
        this.maxSize = maxSize;
    }

    synchronized void add(RecordedRequest request) {
        requests.addLast(request);
        if (requests.size() > maxSize) {
            requests.removeFirst();
        }
    }

    /**
     * Returns what there is.
     * @return the last requests, in the order of their answers; unmodifiable
     */
    public synchronized List<RecordedRequest> snapshot() {
        return List.copyOf(requests);
    }
}
