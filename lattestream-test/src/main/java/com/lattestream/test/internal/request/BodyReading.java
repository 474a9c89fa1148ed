package com.lattestream.test.internal.request;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;

/**
 * Reads one body asynchronously. The server calls {@link #run} whenever content has arrived, and after the idle timeout
 * of the connection, which is set to the remaining time. Used by one thread at a time.
 */
final class BodyReading implements Runnable {

    private final CompletableFuture<byte[]> result = new CompletableFuture<>();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private final Request request;

    private final EndPoint endPoint;

    private final long idleMillis;

    private final int maxBytes;

    private final Duration timeout;

    private final @Nullable RequestBodies bounds;

    private final long startNanos = System.nanoTime();

    private boolean waiting;

    private @Nullable UnreadableBodyException refusal;

    BodyReading(Request request, int maxBytes, Duration timeout, @Nullable RequestBodies bounds) {
        this.request = request;
        this.endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        this.idleMillis = endPoint.getIdleTimeout();
        this.maxBytes = maxBytes;
        this.timeout = timeout;
        this.bounds = bounds;
    }

    /** Creates a reading that discards the content. */
    static BodyReading discarding(Request request, Duration timeout) {
        BodyReading reading = new BodyReading(request, 0, timeout, null);
        reading.refusal = new UnreadableBodyException(HttpStatus.BAD_REQUEST_400, "The body is discarded");
        return reading;
    }

    CompletableFuture<byte[]> start() {
        // a client that sent "Expect: 100-continue" must not be requested to send a body that is discarded
        if (refusal != null && request.getHeaders().contains(HttpHeader.EXPECT)) {
            end();
        } else {
            run();
        }
        return result;
    }

    @Override
    public void run() {
        while (!result.isDone()) {
            if (remainingMillis() <= 0) {
                refuse(HttpStatus.REQUEST_TIMEOUT_408, "The body must arrive within " + timeout.toMillis() + " ms");
                end();
                return;
            }
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                awaitMore();
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                fail(chunk.getFailure());
                return;
            }
            append(chunk);
            boolean last = chunk.isLast();
            chunk.release();
            if (last) {
                end();
            }
        }
    }

    private void awaitMore() {
        if (!waiting && bounds != null && !bounds.reservePlace()) {
            refuse(HttpStatus.SERVICE_UNAVAILABLE_503, "Too many requests are incomplete: send this one again later");
            end();
            return;
        }
        waiting = true;
        // zero would disable the timeout
        endPoint.setIdleTimeout(Math.max(1, remainingMillis()));
        request.demand(this);
    }

    private void append(Content.Chunk chunk) {
        int length = chunk.remaining();
        if (refusal != null || length == 0) {
            return;
        }
        if (length > maxBytes - bytes.size()) {
            refuse(HttpStatus.PAYLOAD_TOO_LARGE_413, "The body must have at most " + maxBytes + " bytes");
        } else if (bounds != null && !bounds.reserve(length)) {
            refuse(HttpStatus.SERVICE_UNAVAILABLE_503, "Too many bodies are incomplete: send this one again later");
        } else {
            byte[] copy = new byte[length];
            chunk.getByteBuffer().get(copy);
            bytes.writeBytes(copy);
        }
    }

    private void refuse(int status, String message) {
        if (refusal == null) {
            refusal = new UnreadableBodyException(status, message);
            releaseBuffer();
        }
    }

    private void releaseBuffer() {
        if (bounds != null) {
            bounds.release(bytes.size());
        }
        bytes.reset();
    }

    private void fail(Throwable failure) {
        if (failure instanceof TimeoutException) {
            refuse(HttpStatus.REQUEST_TIMEOUT_408, "The body must arrive within " + timeout.toMillis() + " ms");
            end();
        } else {
            releaseBuffer();
            stopWaiting();
            result.completeExceptionally(failure);
        }
    }

    private void end() {
        byte[] body = bytes.toByteArray();
        releaseBuffer();
        stopWaiting();
        if (refusal == null) {
            result.complete(body);
        } else {
            result.completeExceptionally(refusal);
        }
    }

    private void stopWaiting() {
        if (waiting) {
            endPoint.setIdleTimeout(idleMillis);
            if (bounds != null) {
                bounds.releasePlace();
            }
        }
    }

    private long remainingMillis() {
        return timeout.toMillis() - NanoTime.millisSince(startNanos);
    }
}
