package com.lattestream.spring.boot.autoconfigure;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Thrown when a {@code lattestream.*} property has a value that cannot be. The start fails with an analysis of it. */
public final class InvalidLatteStreamPropertyException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** The full name. */
    private final String property;

    /** Which rule the value breaks. */
    private final String reason;

    /**
     * Creates an exception.
     * @param property the property's full name
     * @param reason which rule the value breaks; never shows the secret
     * @param cause what found it, or null
     */
    public InvalidLatteStreamPropertyException(String property, @Nullable String reason, @Nullable Throwable cause) {
        super("The property '" + property + "' is not valid: " + reason, cause);
        this.property = property;
        this.reason = String.valueOf(reason);
    }

    /**
     * Returns which property it is.
     * @return the full name, such as {@code lattestream.batching.size}
     */
    public String property() {
        return property;
    }

    /**
     * Returns which rule the value breaks.
     * @return the reason
     */
    public String reason() {
        return reason;
    }
}
