package com.lattestream.test.internal.fault;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Failure that breaks the connection. */
public enum ConnectionFailure implements Failure {

    /** Breaks the connection before the request is handled. */
    BEFORE_HANDLING {
        @Override
        public boolean respond(Request.Handler next, Request request, Response response, Callback callback) {
            ConnectionBreaker.reset(request, callback);
            return true;
        }
    },

    /** Breaks the connection after the request has been handled, and before the response is sent. */
    BEFORE_RESPONSE {
        @Override
        void write(Response.Wrapper response, @Nullable ByteBuffer content, Callback callback) {
            ConnectionBreaker.reset(response.getRequest(), callback);
        }
    },

    /** Breaks the connection after half of the response has been sent. */
    WITHIN_RESPONSE {
        @Override
        void write(Response.Wrapper response, @Nullable ByteBuffer content, Callback callback) {
            ByteBuffer half = content == null ? ByteBuffer.allocate(0) : content.slice();
            half.limit(half.remaining() / 2);
            response.getWrapped()
                    .write(
                            false,
                            half,
                            Callback.from(
                                    () -> ConnectionBreaker.end(response.getRequest(), callback), callback::failed));
        }
    };

    @Override
    public boolean respond(Request.Handler next, Request request, Response response, Callback callback)
            throws Exception {
        // the response to a handshake has no body that could be truncated
        if (request.getHeaders().contains(HttpHeader.UPGRADE)) {
            return BEFORE_HANDLING.respond(next, request, response, callback);
        }
        Response broken = new Broken(request, response);
        if (!next.handle(request, broken, callback)) {
            Response.writeError(request, broken, callback, HttpStatus.NOT_FOUND_404);
        }
        return true;
    }

    void write(Response.Wrapper response, @Nullable ByteBuffer content, Callback callback) {
        throw new IllegalStateException(this + " does not write a response");
    }

    private final class Broken extends Response.Wrapper {

        Broken(Request request, Response wrapped) {
            super(request, wrapped);
        }

        @Override
        public void write(boolean last, @Nullable ByteBuffer content, Callback callback) {
            ConnectionFailure.this.write(this, content, callback);
        }
    }
}
