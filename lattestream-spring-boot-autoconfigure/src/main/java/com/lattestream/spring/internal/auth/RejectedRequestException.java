package com.lattestream.spring.internal.auth;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A request that is not valid; the response has problem details. */
public final class RejectedRequestException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** How it is answered. */
    private final HttpStatus status;

    /** What is wrong; null if that is not one field. */
    private final @Nullable String field;

    RejectedRequestException(HttpStatus status, @Nullable String field, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.field = field;
    }

    HttpStatus status() {
        return status;
    }

    @Nullable String field() {
        return field;
    }

    /** Says what is wrong, without repeating anything of the request. */
    String detail() {
        return String.valueOf(getMessage());
    }
}
