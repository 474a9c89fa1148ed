package com.lattestream.test.internal.rest;

import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** Thrown when a call is rejected with an error. */
public final class RestException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    RestException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Throws an exception with status 400 if there is a problem. */
    static void throwIf(@Nullable String problem) throws RestException {
        if (problem != null) {
            throw new RestException(HttpStatus.BAD_REQUEST_400, problem);
        }
    }

    /**
     * Returns the status of the response.
     * @return the HTTP status
     */
    public int status() {
        return status;
    }

    /**
     * Returns the error message for the client.
     * @return the message; never null
     */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
