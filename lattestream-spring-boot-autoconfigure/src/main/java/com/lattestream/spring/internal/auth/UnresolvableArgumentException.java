package com.lattestream.spring.internal.auth;

import java.io.Serial;

/** Thrown if an authorizer cannot be called for a subscription, because a parameter has no value. The subscription is
 * refused. */
public final class UnresolvableArgumentException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     * @param message the reason
     */
    public UnresolvableArgumentException(String message) {
        super(message, null, false, false);
    }
}
