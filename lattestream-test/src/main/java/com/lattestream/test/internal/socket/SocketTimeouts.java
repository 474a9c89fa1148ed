package com.lattestream.test.internal.socket;

import java.time.Duration;

/**
 * Timeouts of connections. No timeout applies to an authenticated client without subscriptions: it cannot be
 * distinguished from a socket that a browser client has abandoned, and closing that one would make the client drop its
 * current socket.
 *
 * @param authentication maximum time until the client sends its key
 * @param activity time of inactivity after which the client is pinged
 * @param pong maximum time until the client responds to a ping
 */
public record SocketTimeouts(Duration authentication, Duration activity, Duration pong) {

    /** The timeouts of the service, which are also the defaults of browser clients. */
    public static final SocketTimeouts DEFAULT =
            new SocketTimeouts(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofSeconds(30));
}
