package com.lattestream.test.internal.rest;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.json.JsonMapper;

/** Answers every error of the server, its own ones included, as {@code {"error":"..."}}. */
public final class JsonErrors implements Request.Handler {

    /** The attribute of a request that tells, afterwards, which error it was answered with. */
    public static final String ANSWERED = JsonErrors.class.getName() + ".answered";

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Creates the handler. */
    public JsonErrors() {}

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        Object message = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        // what went wrong inside is for the log, not for the caller
        String shown = status == HttpStatus.INTERNAL_SERVER_ERROR_500 || message == null
                ? HttpStatus.getMessage(status)
                : message.toString();
        request.setAttribute(ANSWERED, shown);
        JsonResponse.write(response, callback, status, JSON.createObjectNode().put("error", shown));
        return true;
    }
}
