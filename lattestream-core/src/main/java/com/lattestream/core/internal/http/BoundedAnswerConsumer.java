package com.lattestream.core.internal.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Collects an answer, and refuses one that is too long to be the service's. */
final class BoundedAnswerConsumer extends AbstractBinResponseConsumer<ServiceAnswer> {

    static final int MAX_LENGTH = 1024 * 1024;

    private static final byte[] NOTHING = {};

    private final ByteArrayOutputStream body = new ByteArrayOutputStream(256);

    // read by the timeout's thread as well
    private volatile @Nullable ServiceAnswer head;

    /** Returns what came before the body; null before that. */
    @Nullable ServiceAnswer head() {
        return head;
    }

    @Override
    protected void start(HttpResponse response, @Nullable ContentType contentType) {
        Header retryAfter = response.getFirstHeader("Retry-After");
        head = new ServiceAnswer(response.getCode(), retryAfter == null ? null : retryAfter.getValue(), NOTHING);
    }

    @Override
    protected int capacityIncrement() {
        return MAX_LENGTH;
    }

    @Override
    protected void data(ByteBuffer received, boolean endOfStream) throws IOException {
        if (body.size() + received.remaining() > MAX_LENGTH) {
            throw new IOException("the answer is longer than " + MAX_LENGTH + " bytes");
        }
        while (received.hasRemaining()) {
            body.write(received.get());
        }
    }

    @Override
    protected ServiceAnswer buildResult() {
        ServiceAnswer known = head;
        if (known == null) {
            throw new IllegalStateException("The answer ended before it started");
        }
        return new ServiceAnswer(known.status(), known.retryAfter(), body.toByteArray());
    }

    @Override
    public void releaseResources() {
        body.reset();
    }
}
