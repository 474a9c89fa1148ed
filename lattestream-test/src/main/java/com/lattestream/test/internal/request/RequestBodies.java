package com.lattestream.test.internal.request;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the bodies of requests without occupying a thread while a client is sending. Incomplete bodies are limited in
 * number, size and time. A body that is too large or not required is read and discarded, because a client that is still
 * sending would see a reset connection instead of the response. Thread-safe.
 */
public final class RequestBodies {

    private static final Logger log = LoggerFactory.getLogger(RequestBodies.class);

    private static final int MAX_INCOMPLETE = 1_000;

    private static final long MAX_BUFFERED_BYTES = 64L * 1024 * 1024;

    private static final Duration DISCARD_TIMEOUT = Duration.ofSeconds(2);

    private final Duration timeout;

    private final AtomicInteger incomplete = new AtomicInteger();

    private final AtomicLong bufferedBytes = new AtomicLong();

    /**
     * Creates an instance with a timeout.
     * @param timeout maximum time for receiving a body
     */
    public RequestBodies(Duration timeout) {
        this.timeout = timeout;
    }

    /**
     * Reads a body and calls the handler. If the body cannot be read, an error response is sent.
     * @param request the request
     * @param response its response
     * @param callback completes with the response
     * @param maxBytes maximum number of bytes
     * @param handler called with the complete body
     */
    public void read(Request request, Response response, Callback callback, int maxBytes, BodyHandler handler) {
        new BodyReading(request, maxBytes, timeout, this).start().whenComplete((body, failure) -> {
            if (failure instanceof UnreadableBodyException unreadable) {
                unreadable.respond(request, response, callback);
            } else if (failure != null) {
                log.debug("The body of a request was not received: {}", failure.toString());
                callback.failed(failure);
            } else {
                handle(handler, body, request, response, callback);
            }
        });
    }

    private static void handle(
            BodyHandler handler, byte[] body, Request request, Response response, Callback callback) {
        try {
            handler.handle(body);
        } catch (RuntimeException ex) {
            log.error("{} {} failed", request.getMethod(), request.getHttpURI().getPath(), ex);
            Response.writeError(request, response, callback, ex);
        }
    }

    /**
     * Discards the body that a client is still sending, for a limited time, and sends the response.
     * @param request a request whose response does not depend on its body
     * @param callback fails if sending the response fails
     * @param response sends the response
     */
    public static void discard(Request request, Callback callback, Runnable response) {
        BodyReading.discarding(request, DISCARD_TIMEOUT).start().whenComplete((body, failure) -> {
            try {
                response.run();
            } catch (RuntimeException ex) {
                log.error(
                        "{} {} failed",
                        request.getMethod(),
                        request.getHttpURI().getPath(),
                        ex);
                callback.failed(ex);
            }
        });
    }

    /**
     * Reserves a place for an incomplete body, and returns whether there was one. It must be released with
     * {@link #releasePlace}.
     */
    boolean reservePlace() {
        if (incomplete.incrementAndGet() <= MAX_INCOMPLETE) {
            return true;
        }
        incomplete.decrementAndGet();
        return false;
    }

    void releasePlace() {
        incomplete.decrementAndGet();
    }

    /**
     * Reserves memory for an incomplete body, and returns whether there was enough. It must be released with
     * {@link #release}.
     */
    boolean reserve(int bytes) {
        if (bufferedBytes.addAndGet(bytes) <= MAX_BUFFERED_BYTES) {
            return true;
        }
        bufferedBytes.addAndGet(-bytes);
        return false;
    }

    void release(int bytes) {
        bufferedBytes.addAndGet(-bytes);
    }
}
