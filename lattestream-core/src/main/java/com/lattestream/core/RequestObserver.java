package com.lattestream.core;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Observer of all requests of a client, for example for tracing. Each attempt is observed on its own, including
 * retries. Methods are called by threads of callers and of the client, possibly by several threads at once.
 * Implementations must be thread-safe and must not block. Exceptions that they throw are logged and have no other
 * effect.
 */
public interface RequestObserver {

    /**
     * Returns the caller's tracing context, such as the current span. Called once per client call that may send a
     * request, on the calling thread. The context is passed to {@link #start} for every resulting request, which may
     * run on a different thread.
     * @return any object; null, the default, for none
     */
    default @Nullable Object currentContext() {
        return null;
    }

    /**
     * Called before a request is signed and sent.
     * @param request the request and its context
     * @return an observer of this attempt
     */
    Attempt start(Request request);

    /**
     * A request.
     *
     * @param client the {@linkplain LatteStreamClient#name() name} of the client
     * @param endpoint the address of the service, such as {@code https://eu1.lattestream.com}
     * @param operation the operation that is requested
     * @param context the {@linkplain #currentContext() context} of the caller; for a batch, that of its first event
     */
    record Request(
            String client,
            String endpoint,
            ServiceOperation operation,
            @Nullable Object context) {}

    /** Observer of one attempt. Exactly one of {@link #succeeded} and {@link #failed} is called at its end. */
    interface Attempt {

        /**
         * Returns additional headers of the request, such as {@code traceparent}. They are not part of the signed text.
         * @return names and values of headers; empty by default
         */
        default Map<String, String> headers() {
            return Map.of();
        }

        /**
         * Called when the service has responded successfully, before the future of the request completes.
         * @param status the HTTP status, 200 to 299
         */
        void succeeded(int status);

        /**
         * Called when the attempt has failed, with or without a response, before the future of the request completes.
         * @param reason the reason; a {@link LatteStreamApiException} contains the status
         */
        void failed(LatteStreamException reason);
    }
}
