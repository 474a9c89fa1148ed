package com.lattestream.test.internal.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.lattestream.test.internal.request.RequestBodies;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Failure that sends another response; the request is not handled.
 *
 * @param status the status
 * @param headers the headers, by name
 * @param body the body
 */
public record ResponseFailure(int status, Map<String, String> headers, String body) implements Failure {

    @Override
    public boolean respond(Request.Handler next, Request request, Response response, Callback callback) {
        // a client that is still sending its body would see a reset connection instead of the response
        RequestBodies.discard(request, callback, () -> write(response, callback));
        return true;
    }

    private void write(Response response, Callback callback) {
        byte[] bytes = body.getBytes(UTF_8);
        response.setStatus(status);
        headers.forEach(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        response.write(true, ByteBuffer.wrap(bytes), callback);
    }
}
