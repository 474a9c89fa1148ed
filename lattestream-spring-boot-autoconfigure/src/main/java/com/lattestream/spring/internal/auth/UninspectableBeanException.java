package com.lattestream.spring.internal.auth;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Thrown if a bean may have authorizer methods and cannot be inspected for them. */
final class UninspectableBeanException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** The name of the bean. */
    private final String beanName;

    UninspectableBeanException(String beanName, String reason, @Nullable Throwable cause) {
        super(reason, cause);
        this.beanName = beanName;
    }

    String beanName() {
        return beanName;
    }
}
