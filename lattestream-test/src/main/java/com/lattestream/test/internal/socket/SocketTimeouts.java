package com.lattestream.test.internal.socket;

import java.time.Duration;

/**
 * How long clients may be silent. There is no limit for a client that has shown its key and subscribes to nothing: it
 * looks the same as a socket that a browser client has forgotten, and closing that one makes the client drop its good
 * one.
 *
 * @param admission until it has shown a key
 * @param activity until it is pinged
 * @param pong until it has answered that
 */
public record SocketTimeouts(Duration admission, Duration activity, Duration pong) {

    /** What the service says it allows, and what browser clients take for themselves. */
    public static final SocketTimeouts DEFAULT =
            new SocketTimeouts(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofSeconds(30));
}
