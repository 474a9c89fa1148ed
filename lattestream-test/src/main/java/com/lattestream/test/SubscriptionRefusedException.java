package com.lattestream.test;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A {@link TestSubscriber} may not subscribe: the application does not authorize it, or the engine refuses it. */
public final class SubscriptionRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Where to. */
    private final String channel;

    /** What the application answered; 0 where it was not asked by HTTP. */
    private final int authStatus;

    SubscriptionRefusedException(String channel, int authStatus, String reason, @Nullable Throwable cause) {
        super("Subscribing to '" + channel + "' was refused: " + reason, cause);
        this.channel = channel;
        this.authStatus = authStatus;
    }

    /**
     * Returns where to.
     * @return the channel
     */
    public String channel() {
        return channel;
    }

    /**
     * Returns what the application's endpoint answered.
     * @return the HTTP status, such as 403; nothing where no endpoint was asked, or the engine refused
     */
    public OptionalInt authStatus() {
        return authStatus == 0 ? OptionalInt.empty() : OptionalInt.of(authStatus);
    }
}
