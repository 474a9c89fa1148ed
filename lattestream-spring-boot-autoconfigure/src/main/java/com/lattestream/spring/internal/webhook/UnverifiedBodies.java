package com.lattestream.spring.internal.webhook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FastByteArrayOutputStream;

/**
 * Bounds what requests without a verified signature can occupy: the number of bodies that are read at the same time, the
 * size of each, and the time that each may take. Independent of the web stack. Thread-safe.
 */
public final class UnverifiedBodies {

    private final Semaphore permits;

    private final int maxBodySize;

    private final Duration readTimeout;

    /**
     * Creates the bounds.
     * @param maxConcurrent maximum number of bodies that are read at the same time
     * @param maxBodySize maximum size of a body in bytes
     * @param readTimeout maximum time for a body to arrive completely
     */
    public UnverifiedBodies(int maxConcurrent, int maxBodySize, Duration readTimeout) {
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
     * Returns the maximum time for a body to arrive completely.
     * @return the time
     */
    public Duration readTimeout() {
        return readTimeout;
    }

    /**
     * Returns an empty body that counts until it is closed.
     * @return the body, or null if there are too many already
     */
    public @Nullable Body tryOpen() {
        return permits.tryAcquire() ? new Body() : null;
    }

    /** A body that is being read. Not thread-safe, except that it may be closed by any thread, and more than once. */
    public final class Body implements AutoCloseable {

        private final AtomicBoolean closed = new AtomicBoolean();

        // grows by what has arrived: a length that is only announced reserves nothing
        private final FastByteArrayOutputStream bytes = new FastByteArrayOutputStream(1024);

        private final long deadline = System.nanoTime() + readTimeout.toNanos();

        private Body() {}

        /**
         * Adds what has been read.
         * @param read the bytes
         * @param length how many of them have been read
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
         * Whether the time for the body is over.
         * @return whether it is
         */
        public boolean isOverdue() {
            return System.nanoTime() - deadline >= 0;
        }

        /**
         * Returns what has been read.
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
