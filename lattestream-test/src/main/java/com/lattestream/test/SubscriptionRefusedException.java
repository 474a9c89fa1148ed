package com.lattestream.test;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Thrown when the subscription of a {@link TestSubscriber} is refused, either by the application or by the engine. */
public final class SubscriptionRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The channel. */
    private final String channel;

    /** The status of the authorization response; 0 if no HTTP request was sent. */
    private final int authStatus;

    SubscriptionRefusedException(String channel, int authStatus, String reason, @Nullable Throwable cause) {
        super("Subscribing to '" + channel + "' was refused: " + reason, cause);
        this.channel = channel;
        this.authStatus = authStatus;
    }

    /**
     * Returns the channel.
     * @return the channel
     */
    public String channel() {
        return channel;
    }

    /**
     * Returns the status with which the authorization endpoint of the application responded.
     * @return the HTTP status, such as 403; empty if no endpoint is used, or the engine refused the subscription
     */
    public OptionalInt authStatus() {
        return authStatus == 0 ? OptionalInt.empty() : OptionalInt.of(authStatus);
    }
}
