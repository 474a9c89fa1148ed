package com.lattestream.test.internal.rest;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.json.JsonMapper;

/** Writes all error responses, including those of the server itself, as {@code {"error":"..."}}. */
public final class JsonErrors implements Request.Handler {

    /** Name of the request attribute that contains the error message of the response. */
    public static final String MESSAGE = JsonErrors.class.getName() + ".message";

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Creates the handler. */
    public JsonErrors() {}

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        Object message = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        // details of internal errors are logged, but not sent to the client
        String text = status == HttpStatus.INTERNAL_SERVER_ERROR_500 || message == null
                ? HttpStatus.getMessage(status)
                : message.toString();
        request.setAttribute(MESSAGE, text);
        JsonResponse.write(response, callback, status, JSON.createObjectNode().put("error", text));
        return true;
    }
}
