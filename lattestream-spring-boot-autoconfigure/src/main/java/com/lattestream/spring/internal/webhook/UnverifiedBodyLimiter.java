package com.lattestream.spring.internal.webhook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FastByteArrayOutputStream;

/**
 * Limits the resources of requests without a verified signature: the number of bodies that are read at the same time,
 * the size of each body, and the time to read each. Independent of the web stack. Thread-safe.
 */
public final class UnverifiedBodyLimiter {

    private final Semaphore permits;

    private final int maxBodySize;

    private final Duration readTimeout;

    /**
     * Creates the bounds.
     * @param maxConcurrent maximum number of bodies that are read at the same time
     * @param maxBodySize maximum size of a body in bytes
     * @param readTimeout maximum time until a body must be received completely
     */
    public UnverifiedBodyLimiter(int maxConcurrent, int maxBodySize, Duration readTimeout) {
        this.permits = new Semaphore(maxConcurrent);
        this.maxBodySize = maxBodySize;
        this.readTimeout = readTimeout;
    }

    /**
     * Returns the maximum size of a body.
     * @return the size in bytes
     */
    public int maxBodySize() {
        return maxBodySize;
    }

    /**
     * Returns the maximum time until a body must be received completely.
     * @return the time
     */
    public Duration readTimeout() {
        return readTimeout;
    }

    /**
     * Returns an empty body that counts until it is closed.
     * @return the body, or null if the maximum number is reached
     */
    public @Nullable Body tryOpen() {
        return permits.tryAcquire() ? new Body() : null;
    }

    /** A body that is being read. Not thread-safe, except that it may be closed by any thread, and more than once. */
    public final class Body implements AutoCloseable {

        private final AtomicBoolean closed = new AtomicBoolean();

        // grows with the received bytes: an announced length does not reserve memory
        private final FastByteArrayOutputStream bytes = new FastByteArrayOutputStream(1024);

        private final long deadline = System.nanoTime() + readTimeout.toNanos();

        private Body() {}

        /**
         * Appends bytes that have been read.
         * @param read the bytes
         * @param length the number of bytes that have been read
         * @return false if the body is longer than allowed
         */
        public boolean append(byte[] read, int length) {
            if (bytes.size() + length > maxBodySize) {
                return false;
            }
            try {
                bytes.write(read, 0, length);
            } catch (IOException ex) {
                throw new UncheckedIOException("The buffer of a body has been closed", ex);
            }
            return true;
        }

        /**
         * Returns whether the time for the body has expired.
         * @return whether the body must be refused
         */
        public boolean isOverdue() {
            return System.nanoTime() - deadline >= 0;
        }

        /**
         * Returns the bytes that have been read.
         * @return the bytes, not a copy
         */
        public byte[] bytes() {
            return bytes.toByteArrayUnsafe();
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                permits.release();
            }
        }
    }
}
