package com.lattestream.spring.internal.auth;

import java.io.Serial;
import java.lang.reflect.Method;

/** A method marked with {@code @ChannelAuthorizer} that cannot decide. The start fails with an analysis of it. */
public final class InvalidChannelAuthorizerException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Where it is. */
    private final String method;

    /** Why it cannot be. */
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
     * Returns which method it is.
     * @return class and method
     */
    public String method() {
        return method;
    }

    /**
     * Returns why it cannot be used.
     * @return the reason
     */
    public String reason() {
        return reason;
    }
}
