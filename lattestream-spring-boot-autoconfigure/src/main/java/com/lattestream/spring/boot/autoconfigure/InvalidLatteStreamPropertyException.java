package com.lattestream.spring.boot.autoconfigure;

import com.lattestream.spring.internal.SecretProperties;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a {@code lattestream.*} property has an invalid value. Startup fails with an analysis of it. Neither the
 * message nor the cause contains a secret.
 */
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
     * @param reason which rule the value breaks; a secret in it is masked
     * @param cause the exception that says so, or null; ignored if a secret is in its messages
     */
    public InvalidLatteStreamPropertyException(String property, @Nullable String reason, @Nullable Throwable cause) {
        super(
                "The property '" + property + "' is not valid: " + SecretProperties.mask(reason),
                isShown(cause) ? cause : null);
        this.property = property;
        this.reason = SecretProperties.mask(reason);
    }

    private static boolean isShown(@Nullable Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            String message = each.getMessage();
            if (message != null && !SecretProperties.mask(message).equals(message)) {
                return false;
            }
        }
        return true;
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
