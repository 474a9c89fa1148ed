package com.lattestream.test.internal.rest;

import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** A call that is answered with an error. */
public final class RestException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    RestException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Throws one for a bad request if there is something to say. */
    static void throwIf(@Nullable String problem) throws RestException {
        if (problem != null) {
            throw new RestException(HttpStatus.BAD_REQUEST_400, problem);
        }
    }

    /**
     * Returns how it is answered.
     * @return the HTTP status
     */
    public int status() {
        return status;
    }

    /**
     * Returns what the caller is told.
     * @return the message; never null
     */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
