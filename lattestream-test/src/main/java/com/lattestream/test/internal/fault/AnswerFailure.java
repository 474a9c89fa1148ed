package com.lattestream.test.internal.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Another answer; the request is not handled.
 *
 * @param status the status
 * @param headers the headers, by name
 * @param body the body
 */
public record AnswerFailure(int status, Map<String, String> headers, String body) implements Failure {

    @Override
    public boolean answer(Request.Handler next, Request request, Response response, Callback callback) {
        // who is still sending would see a reset instead of the answer
        Content.Source.consumeAll(request, Callback.from(() -> write(response, callback), callback::failed));
        return true;
    }

    private void write(Response response, Callback callback) {
        byte[] bytes = body.getBytes(UTF_8);
        response.setStatus(status);
        headers.forEach(response.getHeaders()::put);
        // so that pages of any origin see the answer, not just that there is none
        response.getHeaders().put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        response.write(true, ByteBuffer.wrap(bytes), callback);
    }
}
