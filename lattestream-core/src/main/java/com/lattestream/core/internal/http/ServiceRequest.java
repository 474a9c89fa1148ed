package com.lattestream.core.internal.http;

import com.lattestream.core.ServiceOperation;
import com.lattestream.core.internal.validation.Quoted;
import org.jspecify.annotations.Nullable;

/**
 * A request to the service, apart from what every attempt adds.
 *
 * @param operation what is asked for
 * @param path path and query exactly as they are sent and signed, without the endpoint's base path
 * @param body the bytes to send; empty for none
 * @param context what the caller is about, for the observer of requests; null for nothing
 */
public record ServiceRequest(
        ServiceOperation operation,
        String path,
        byte[] body,
        @Nullable Object context) {

    private static final byte[] NO_BODY = {};

    private static final int MAX_SHOWN = 120;

    /**
     * Creates a request without a body.
     * @param operation what is asked for
     * @param path path and query
     * @param context what the caller is about
     */
    public ServiceRequest(ServiceOperation operation, String path, @Nullable Object context) {
        this(operation, path, NO_BODY, context);
    }

    /**
     * Creates a request whose path has no placeholder.
     * @param operation what is asked for
     * @param body what to send
     * @param context what the caller is about
     */
    public ServiceRequest(ServiceOperation operation, byte[] body, @Nullable Object context) {
        this(operation, operation.pathTemplate(), body, context);
    }

    /**
     * Creates a request that finds out whether the service responds. It queries a channel, which need not exist.
     * @param context what the caller is about
     * @return the request
     */
    public static ServiceRequest ping(@Nullable Object context) {
        return new ServiceRequest(ServiceOperation.PING, "/channels/lattestream-ping", context);
    }

    String method() {
        return operation.method();
    }

    /** Tells whether the request carries the secret and a signature. */
    boolean signed() {
        return operation != ServiceOperation.CREATE_CLIENT_TOKEN;
    }

    /** Tells whether a 2xx status answers it all, so that a body that does not arrive whole does not matter. */
    boolean statusSuffices() {
        return switch (operation) {
            case TRIGGER, TRIGGER_BATCH, TERMINATE_USER_CONNECTIONS, PING -> true;
            case AUTHORIZE_CHANNEL, GET_CHANNEL_INFO, GET_CHANNELS, GET_USERS, CREATE_CLIENT_TOKEN -> false;
        };
    }

    /** Returns method and path without the query, for messages. */
    @Override
    public String toString() {
        int query = path.indexOf('?');
        return method() + " " + Quoted.text(query < 0 ? path : path.substring(0, query), MAX_SHOWN);
    }
}
