package com.lattestream.test.internal.channel;

/**
 * Why something asked for over a WebSocket is not done.
 *
 * @param code what HTTP would answer, such as 401
 * @param message the value and the rule, for people
 */
public record Refusal(int code, String message) {

    /** What was asked for makes no sense. */
    public static final int BAD_REQUEST = 400;

    /** It needs another authorization. */
    public static final int UNAUTHORIZED = 401;

    /** It is not for this connection. */
    public static final int FORBIDDEN = 403;

    /** It is too large. */
    public static final int TOO_LARGE = 413;

    /** There are too many already. */
    public static final int TOO_MANY = 429;
}
