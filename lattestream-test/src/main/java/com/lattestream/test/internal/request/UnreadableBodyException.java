package com.lattestream.test.internal.request;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Thrown when a body cannot be read completely: it is too large or too slow, or there are too many incomplete bodies.
 */
final class UnreadableBodyException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    UnreadableBodyException(int status, String message) {
        super(message);
        this.status = status;
    }

    /**
     * Sends the error response.
     * @param request the request
     * @param response its response
     * @param callback completes with the response
     */
    void respond(Request request, Response response, Callback callback) {
        if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, 1);
        }
        Response.writeError(request, response, callback, status, getMessage());
    }
}
