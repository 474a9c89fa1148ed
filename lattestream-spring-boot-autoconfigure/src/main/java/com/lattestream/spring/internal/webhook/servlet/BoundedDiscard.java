package com.lattestream.spring.internal.webhook.servlet;

import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** Discards the remaining bytes of a refused body, up to a limit. Not thread-safe. */
final class BoundedDiscard {

    private static final int MAX_BYTES = 256 * 1024;

    private int discarded;

    /** Discards the bytes that can be read without blocking, and returns whether the limit has been reached. */
    boolean discardAvailable(ServletInputStream input) throws IOException {
        byte[] buffer = new byte[4096];
        while (input.isReady() && !input.isFinished()) {
            int read = input.read(buffer);
            if (read < 0) {
                return false;
            }
            discarded += read;
            if (discarded > MAX_BYTES) {
                return true;
            }
        }
        return false;
    }
}
