package com.lattestream.test.internal.request;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Records requests and the status of their responses. A request is recorded before its response is sent, so that a
 * client that has received the response finds it recorded. Queries are not recorded, because they contain keys and
 * tokens.
 */
public final class RequestRecorder extends Handler.Wrapper {

    private static final String RECORDING = RequestRecorder.class.getName();

    private static final int MAX_PATH_LENGTH = 1000;

    private final RequestHistory<?> history;

    /**
     * Creates the handler.
     * @param history the recorded requests
     * @param handler handles the requests
     */
    public RequestRecorder(RequestHistory<?> history, Handler handler) {
        super(handler);
        this.history = history;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = request.getHttpURI().getPath();
        String truncated = path.length() > MAX_PATH_LENGTH ? path.substring(0, MAX_PATH_LENGTH) : path;
        request.addHttpStreamWrapper(stream -> {
            Recording recording = new Recording(stream, request.getMethod(), truncated);
            request.setAttribute(RECORDING, recording);
            return recording;
        });
        return super.handle(request, response, callback);
    }

    /**
     * Records that no response is sent to a request. Must be called before the connection is closed, so that a client
     * that notices this finds the request recorded.
     * @param request the request
     */
    public static void recordNoResponse(Request request) {
        if (request.getAttribute(RECORDING) instanceof Recording recording) {
            recording.record(0);
        }
    }

    private final class Recording extends HttpStream.Wrapper {

        private final String method;

        private final String path;

        private final AtomicBoolean recorded = new AtomicBoolean();

        Recording(HttpStream stream, String method, String path) {
            super(stream);
            this.method = method;
            this.path = path;
        }

        @Override
        public void send(
                MetaData.Request request,
                MetaData.@Nullable Response response,
                boolean last,
                @Nullable ByteBuffer content,
                Callback callback) {
            if (response != null) {
                record(response.getStatus());
            }
            super.send(request, response, last, content, callback);
        }

        @Override
        public void failed(Throwable failure) {
            record(0);
            super.failed(failure);
        }

        private void record(int status) {
            if (recorded.compareAndSet(false, true)) {
                history.add(method, path, status);
            }
        }
    }
}
