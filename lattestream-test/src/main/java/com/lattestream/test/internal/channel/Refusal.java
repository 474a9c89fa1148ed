package com.lattestream.test.internal.channel;

/**
 * Reason for rejecting a request that was made over a WebSocket.
 *
 * @param code status code as in HTTP, such as 401
 * @param message readable message with the value and the rule
 */
public record Refusal(int code, String message) {

    /** The request is not valid. */
    public static final int BAD_REQUEST = 400;

    /** The request is not authorized. */
    public static final int UNAUTHORIZED = 401;

    /** The request is not permitted for this connection. */
    public static final int FORBIDDEN = 403;

    /** The request is too large. */
    public static final int TOO_LARGE = 413;

    /** A limit is exceeded. */
    public static final int TOO_MANY = 429;
}
