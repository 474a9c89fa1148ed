package com.lattestream.spring.internal.auth;

import java.io.Serial;
import java.lang.reflect.Method;

/**
 * Thrown if a method that is annotated with {@code @ChannelAuthorizer} is invalid. Startup fails with an analysis of
 * it.
 */
public final class InvalidChannelAuthorizerException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** The class and name of the method. */
    private final String method;

    /** The reason why the method is invalid. */
    private final String reason;

    InvalidChannelAuthorizerException(Method method, String reason) {
        this(describe(method), reason);
    }

    private InvalidChannelAuthorizerException(String method, String reason) {
        super("The channel authorizer " + method + " cannot be used: " + reason);
        this.method = method;
        this.reason = reason;
    }

    static String describe(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName() + "(...)";
    }

    /**
     * Returns the class and name of the method.
     * @return the class and the method
     */
    public String method() {
        return method;
    }

    /**
     * Returns the reason why the method is invalid.
     * @return the reason
     */
    public String reason() {
        return reason;
    }
}
