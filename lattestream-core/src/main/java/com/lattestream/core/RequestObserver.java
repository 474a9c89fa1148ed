package com.lattestream.core;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sees every request that a client makes, as tracing does: each attempt is one, retries too. It is called by callers' and
 * by the client's own threads, several at once, so it must be thread-safe, and must not block. What it throws is logged,
 * and changes nothing.
 */
public interface RequestObserver {

    /**
     * Returns what the caller of the client is about, such as the current span. Called once by each call that may ask the
     * service, on the caller's thread. The requests that are made for it are started with it, on whichever thread makes
     * them: this one, one of the client's, or that of another caller.
     * @return anything; null, the default, for nothing
     */
    default @Nullable Object currentContext() {
        return null;
    }

    /**
     * Sees a request before it is signed and sent.
     * @param request what is asked, and for whom
     * @return follows the request
     */
    Attempt start(Request request);

    /**
     * A request.
     *
     * @param client the {@linkplain LatteStreamClient#name() name} of the client
     * @param endpoint where the service is, such as {@code https://eu1.lattestream.com}
     * @param operation what is asked for
     * @param context what the {@linkplain #currentContext() caller} was about; of events that travel together, the caller
     * of the first
     */
    record Request(
            String client,
            String endpoint,
            ServiceOperation operation,
            @Nullable Object context) {}

    /** Follows one request: exactly one of {@link #succeeded} and {@link #failed} ends it. */
    interface Attempt {

        /**
         * Returns what is to be sent along, such as {@code traceparent}. It is not part of what is signed.
         * @return names and values of headers; empty by default
         */
        default Map<String, String> headers() {
            return Map.of();
        }

        /**
         * The service has done what it was asked for. Called before the future of the request completes.
         * @param status the HTTP status, 200 to 299
         */
        void succeeded(int status);

        /**
         * The service has refused, or has not answered. Called before the future of the request completes.
         * @param reason a {@link LatteStreamApiException} has the status
         */
        void failed(LatteStreamException reason);
    }
}
