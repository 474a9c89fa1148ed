package com.lattestream.core.internal.http;

import com.lattestream.core.ServiceOperation;
import com.lattestream.core.internal.validation.Quoted;
import org.jspecify.annotations.Nullable;

/**
 * A request to the service, without the headers of an attempt.
 *
 * @param operation the operation
 * @param path the path and query exactly as they are sent and signed, without the base path of the endpoint
 * @param body the bytes to send; empty for none
 * @param context the caller's tracing context, for the observer of requests; null for none
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
     * @param operation the operation
     * @param path the path and query
     * @param context the caller's tracing context; null for none
     */
    public ServiceRequest(ServiceOperation operation, String path, @Nullable Object context) {
        this(operation, path, NO_BODY, context);
    }

    /**
     * Creates a request whose path has no placeholder.
     * @param operation the operation
     * @param body the bytes to send
     * @param context the caller's tracing context; null for none
     */
    public ServiceRequest(ServiceOperation operation, byte[] body, @Nullable Object context) {
        this(operation, operation.pathTemplate(), body, context);
    }

    /**
     * Creates a request that checks whether the service responds. It queries a channel, which need not exist.
     * @param context the caller's tracing context; null for none
     * @return the request
     */
    public static ServiceRequest ping(@Nullable Object context) {
        return new ServiceRequest(ServiceOperation.PING, "/channels/lattestream-ping", context);
    }

    String method() {
        return operation.method();
    }

    /** Whether the request contains the secret and a signature. */
    boolean signed() {
        return operation != ServiceOperation.CREATE_CLIENT_TOKEN;
    }

    /** Whether a 2xx status is sufficient, so that an incomplete body is ignored. */
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
