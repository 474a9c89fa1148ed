package com.lattestream.spring.boot.autoconfigure;

import com.lattestream.core.crypto.LatteStreamSecret;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a {@code lattestream.*} property has an invalid value. Startup fails with an analysis of it. Neither the
 * message nor the cause contains a secret.
 */
public final class InvalidLatteStreamPropertyException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** The full name of the property. */
    private final String property;

    /** The rule that the value violates. */
    private final String reason;

    /**
     * Creates an exception.
     * @param property the property's full name
     * @param reason the rule that the value violates; a secret in it is masked
     * @param cause the exception with the reason, or null; ignored if one of its messages contains a secret
     */
    public InvalidLatteStreamPropertyException(String property, @Nullable String reason, @Nullable Throwable cause) {
        super(
                "The property '" + property + "' is not valid: " + LatteStreamSecret.mask(String.valueOf(reason)),
                isShown(cause) ? cause : null);
        this.property = property;
        this.reason = LatteStreamSecret.mask(String.valueOf(reason));
    }

    private static boolean isShown(@Nullable Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            String message = each.getMessage();
            if (message != null && !LatteStreamSecret.mask(message).equals(message)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the full name of the property.
     * @return the name, such as {@code lattestream.batching.size}
     */
    public String property() {
        return property;
    }

    /**
     * Returns the rule that the value violates.
     * @return the reason
     */
    public String reason() {
        return reason;
    }
}
