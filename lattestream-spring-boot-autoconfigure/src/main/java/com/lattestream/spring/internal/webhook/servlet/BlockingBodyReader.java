package com.lattestream.spring.internal.webhook.servlet;

import com.lattestream.spring.internal.webhook.UnverifiedBodyLimiter;
import com.lattestream.spring.internal.webhook.WebhookOutcomeListener.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a body on the calling thread. The time limit is checked after each read. A single read ends with the
 * container's own read timeout, so the thread is occupied for at most the sum of both. Thread-safe.
 */
final class BlockingBodyReader {

    private static final Logger logger = LoggerFactory.getLogger(BlockingBodyReader.class);

    private BlockingBodyReader() {}

    /** Reads the whole body. Returns null, or the outcome if the body was not read completely. */
    static @Nullable Outcome read(HttpServletRequest request, UnverifiedBodyLimiter.Body body) {
        byte[] buffer = new byte[4096];
        try {
            InputStream input = request.getInputStream();
            for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
                if (!body.append(buffer, read)) {
                    return Outcome.OVERSIZED;
                }
                if (body.isOverdue()) {
                    return Outcome.INCOMPLETE;
                }
            }
            return null;
        } catch (IOException ex) {
            logger.debug("The body of a webhook did not arrive completely", ex);
            return Outcome.INCOMPLETE;
        }
    }
}
