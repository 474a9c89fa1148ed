package com.lattestream.test.internal.socket;

import java.time.Duration;

/**
 * How long clients may be silent. There is no limit for a client that has shown its key and subscribes to nothing: it
 * looks the same as a socket that a browser client has forgotten, and closing that one makes the client drop its good
 * one.
 *
 * @param admission until it has shown a key
 * @param activity until it is pinged; a quarter of that later, at most half, it has to have answered
 */
public record SocketTimeouts(Duration admission, Duration activity) {

    /** What the service says it allows, and after what time browser clients ping. */
    public static final SocketTimeouts DEFAULT = new SocketTimeouts(Duration.ofSeconds(30), Duration.ofMinutes(2));
}
