package com.lattestream.spring.internal.auth;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Thrown if a request is not valid. The response contains problem details. */
public final class RejectedRequestException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** The status of the response. */
    private final HttpStatus status;

    /** The invalid field; null if the problem is not a single field. */
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

    /** Returns a description of the problem, which contains no values of the request. */
    String detail() {
        return String.valueOf(getMessage());
    }
}
