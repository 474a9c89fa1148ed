package com.lattestream.core.internal.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Collects the body of a response, and fails if it exceeds the maximum size. The content type is ignored, because every
 * valid response of the service is JSON.
 */
final class BoundedResponseConsumer implements AsyncResponseConsumer<RawResponse> {

    static final int MAX_LENGTH = 1024 * 1024;

    private static final byte[] EMPTY = {};

    private final ByteArrayOutputStream body = new ByteArrayOutputStream(256);

    // also read by the thread of the timeout
    private volatile @Nullable RawResponse head;

    private @Nullable FutureCallback<RawResponse> callback;

    /** Returns the response without its body; null if no header has been received. */
    @Nullable RawResponse head() {
        return head;
    }

    @Override
    public void consumeResponse(
            HttpResponse response,
            @Nullable EntityDetails entity,
            HttpContext context,
            FutureCallback<RawResponse> callback) {
        Header retryAfter = response.getFirstHeader("Retry-After");
        RawResponse known =
                new RawResponse(response.getCode(), retryAfter == null ? null : retryAfter.getValue(), EMPTY);
        head = known;
        this.callback = callback;
        if (entity == null) {
            callback.completed(known);
        }
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {
        // an informational (1xx) response precedes the final one
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(MAX_LENGTH);
    }

    @Override
    public void consume(ByteBuffer received) throws IOException {
        if (body.size() + received.remaining() > MAX_LENGTH) {
            throw new IOException("the response is longer than " + MAX_LENGTH + " bytes");
        }
        byte[] chunk = new byte[received.remaining()];
        received.get(chunk);
        body.writeBytes(chunk);
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        RawResponse known = head;
        FutureCallback<RawResponse> callback = this.callback;
        if (known == null || callback == null) {
            throw new IllegalStateException("The response ended before its header");
        }
        callback.completed(new RawResponse(known.status(), known.retryAfter(), body.toByteArray()));
    }

    @Override
    public void failed(Exception cause) {
        FutureCallback<RawResponse> callback = this.callback;
        if (callback != null) {
            callback.failed(cause);
        }
    }

    @Override
    public void releaseResources() {
        body.reset();
    }
}
