package com.lattestream.spring.internal.broadcast;

import java.io.Serial;

/** Thrown if a {@code @Broadcast} annotation is invalid. At startup, the application fails with an analysis of it. */
public final class InvalidBroadcastException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** The location of the annotation. */
    private final String location;

    /** The reason why the annotation is invalid. */
    private final String reason;

    InvalidBroadcastException(String location, String reason) {
        super("The @Broadcast of " + location + " cannot be used: " + reason);
        this.location = location;
        this.reason = reason;
    }

    /**
     * Returns the location of the annotation.
     * @return a class, or a class and its method
     */
    public String location() {
        return location;
    }

    /**
     * Returns the reason why the annotation is invalid.
     * @return the reason, which contains the template
     */
    public String reason() {
        return reason;
    }
}
