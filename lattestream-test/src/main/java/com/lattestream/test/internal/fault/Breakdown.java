package com.lattestream.test.internal.fault;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** A connection that breaks, sooner or later. */
public enum Breakdown implements Failure {

    /** Before the request is handled. */
    BEFORE_HANDLING {
        @Override
        public boolean answer(Request.Handler next, Request request, Response response, Callback callback) {
            Wire.reset(request, callback);
            return true;
        }
    },

    /** After it has been handled, and before any of the answer is sent. */
    BEFORE_ANSWER {
        @Override
        void write(Response.Wrapper response, @Nullable ByteBuffer content, Callback callback) {
            Wire.reset(response.getRequest(), callback);
        }
    },

    /** In the middle of the answer. */
    WITHIN_ANSWER {
        @Override
        void write(Response.Wrapper response, @Nullable ByteBuffer content, Callback callback) {
            ByteBuffer half = content == null ? ByteBuffer.allocate(0) : content.slice();
            half.limit(half.remaining() / 2);
            response.getWrapped()
                    .write(
                            false,
                            half,
                            Callback.from(() -> Wire.end(response.getRequest(), callback), callback::failed));
        }
    };

    @Override
    public boolean answer(Request.Handler next, Request request, Response response, Callback callback)
            throws Exception {
        // a handshake has no answer that could be cut in two
        if (request.getHeaders().contains(HttpHeader.UPGRADE)) {
            return BEFORE_HANDLING.answer(next, request, response, callback);
        }
        Response broken = new Broken(request, response);
        if (!next.handle(request, broken, callback)) {
            Response.writeError(request, broken, callback, HttpStatus.NOT_FOUND_404);
        }
        return true;
    }

    void write(Response.Wrapper response, @Nullable ByteBuffer content, Callback callback) {
        throw new IllegalStateException(this + " has no answer");
    }

    private final class Broken extends Response.Wrapper {

        Broken(Request request, Response wrapped) {
            super(request, wrapped);
        }

        @Override
        public void write(boolean last, @Nullable ByteBuffer content, Callback callback) {
            Breakdown.this.write(this, content, callback);
        }
    }
}
