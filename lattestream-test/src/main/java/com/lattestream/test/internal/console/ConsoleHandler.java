package com.lattestream.test.internal.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.lattestream.test.internal.request.RequestBodies;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Serves the page and its requests under {@code /console}; other paths are left to the next handler. */
final class ConsoleHandler extends Handler.Abstract {

    private static final String ROOT = "/console";

    private static final String STREAM = "stream";

    private static final String TRIGGER = "trigger";

    private static final Map<String, String> SECURITY_HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                    + " require-trusted-types-for 'script'; trusted-types 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private final Assets assets = new Assets();

    private final RequestBodies bodies;

    private final RequestGuard guard;

    private final SseEndpoint stream;

    private final TriggerForm form;

    ConsoleHandler(RequestGuard guard, SseEndpoint stream, TriggerForm form, RequestBodies bodies) {
        this.bodies = bodies;
        this.guard = guard;
        this.stream = stream;
        this.form = form;
    }

    /** Returns whether a path belongs to the console. */
    static boolean isConsolePath(@Nullable String path) {
        return path != null && (path.equals(ROOT) || path.startsWith(ROOT + "/"));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = request.getHttpURI().getPath();
        if (!isConsolePath(path)) {
            return false;
        }
        HttpFields.Mutable headers = response.getHeaders();
        SECURITY_HEADERS.forEach(headers::put);
        try {
            guard.requireOwnPage(request);
            serve(path.substring(Math.min(ROOT.length() + 1, path.length())), request, response, callback);
        } catch (RefusedException ex) {
            Response.writeError(request, response, callback, ex.status(), ex.getMessage());
        }
        return true;
    }

    private void serve(String name, Request request, Response response, Callback callback) throws RefusedException {
        requireMethod(name.equals(TRIGGER) ? "POST" : "GET", request, response);
        if (name.equals(STREAM)) {
            stream.open(request, response, callback);
        } else if (name.equals(TRIGGER)) {
            guard.requireToken(request);
            form.requireJson(request);
            bodies.read(
                    request,
                    response,
                    callback,
                    TriggerForm.MAX_BYTES,
                    body -> trigger(body, request, response, callback));
        } else {
            Assets.Asset asset = assets.find(name);
            if (asset == null) {
                throw new RefusedException(HttpStatus.NOT_FOUND_404, "The console has no such file");
            }
            write(response, callback, asset.contentType(), asset.bytes());
        }
    }

    private void trigger(byte[] body, Request request, Response response, Callback callback) {
        try {
            byte[] result = form.submit(body).toString().getBytes(UTF_8);
            write(response, callback, "application/json", result);
        } catch (RefusedException ex) {
            Response.writeError(request, response, callback, ex.status(), ex.getMessage());
        }
    }

    private static void requireMethod(String method, Request request, Response response) throws RefusedException {
        if (!request.getMethod().equals(method)) {
            response.getHeaders().put(HttpHeader.ALLOW, method);
            throw new RefusedException(
                    HttpStatus.METHOD_NOT_ALLOWED_405, "Only " + method + " is supported for this path");
        }
    }

    private static void write(Response response, Callback callback, String contentType, byte[] bytes) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        response.write(true, ByteBuffer.wrap(bytes), callback);
    }

    @Override
    protected void doStop() throws Exception {
        stream.close();
        super.doStop();
    }
}
