package com.lattestream.test.internal.access;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Allows pages of permitted origins to use the engine and to read its responses (CORS), and rejects requests of other
 * pages: REST calls, discovery and WebSocket handshakes.
 */
public final class OriginHandler extends Handler.Wrapper {

    private static final int MAX_AGE_SECONDS = 600;

    private final OriginGuard guard;

    /**
     * Creates the handler.
     * @param guard checks the origins
     * @param handler handles permitted requests
     */
    public OriginHandler(OriginGuard guard, Handler handler) {
        super(handler);
        this.guard = guard;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.VARY, HttpHeader.ORIGIN.asString());
        String problem = guard.problem(request);
        if (problem != null) {
            Response.writeError(request, response, callback, HttpStatus.FORBIDDEN_403, problem);
            return true;
        }
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (origin == null) {
            return super.handle(request, response, callback);
        }
        headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        boolean isPreflight = HttpMethod.OPTIONS.is(request.getMethod())
                && request.getHeaders().contains(HttpHeader.ACCESS_CONTROL_REQUEST_METHOD);
        if (!isPreflight) {
            return super.handle(request, response, callback);
        }
        headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST");
        headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_HEADERS, HttpHeader.CONTENT_TYPE.asString());
        headers.put(HttpHeader.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS);
        response.setStatus(HttpStatus.NO_CONTENT_204);
        callback.succeeded();
        return true;
    }
}
