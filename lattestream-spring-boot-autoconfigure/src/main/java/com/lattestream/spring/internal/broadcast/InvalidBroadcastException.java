package com.lattestream.spring.internal.broadcast;

import java.io.Serial;

/** A {@code @Broadcast} that does not fit what it is on. If it is found at the start, that fails with an analysis of it. */
public final class InvalidBroadcastException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Where it is. */
    private final String place;

    /** Why it does not fit. */
    private final String reason;

    InvalidBroadcastException(String place, String reason) {
        super("The @Broadcast of " + place + " cannot be used: " + reason);
        this.place = place;
        this.reason = reason;
    }

    /**
     * Returns where it is.
     * @return a class, or a class and its method
     */
    public String place() {
        return place;
    }

    /**
     * Returns why it cannot be used.
     * @return the reason; it names the template
     */
    public String reason() {
        return reason;
    }
}
