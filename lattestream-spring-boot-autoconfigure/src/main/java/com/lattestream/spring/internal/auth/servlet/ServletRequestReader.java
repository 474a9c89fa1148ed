package com.lattestream.spring.internal.auth.servlet;

import com.lattestream.spring.internal.auth.SubscriptionRequest;
import com.lattestream.spring.internal.auth.SubscriptionRequestReader;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** Reads the bounded body of a request for a subscription. Thread-safe. */
final class ServletRequestReader {

    private static final Logger logger = LoggerFactory.getLogger(ServletRequestReader.class);

    private static final int MAX_DISCARDED_BYTES = 256 * 1024;

    private static final long DISCARD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long PAUSE_MILLIS = 5;

    private final SubscriptionRequestReader reader = new SubscriptionRequestReader();

    SubscriptionRequest read(HttpServletRequest request) throws IOException {
        MediaType type = SubscriptionRequestReader.contentType(request.getContentType());
        byte[] body = body(request);
        // a filter may have parsed the body already, for example to find a token in the form
        return body.length == 0 && SubscriptionRequestReader.isForm(type)
                ? reader.parameters(name -> values(request, name))
                : reader.read(type, body);
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > SubscriptionRequestReader.MAX_LENGTH) {
            // a client that waits for "100 Continue" has not sent the body
            if (request.getHeader(HttpHeaders.EXPECT) == null) {
                discardRest(request);
            }
            throw SubscriptionRequestReader.tooLong();
        }
        byte[] body = request.getInputStream().readNBytes(SubscriptionRequestReader.MAX_LENGTH + 1);
        if (body.length > SubscriptionRequestReader.MAX_LENGTH) {
            discardRest(request);
            throw SubscriptionRequestReader.tooLong();
        }
        return body;
    }

    /**
     * Discards the rest of a body, because Jetty closes the connection at once otherwise, and a client that still sends
     * could miss the response. A read that waits for the client would last until the server's own timeout, so only bytes
     * that have arrived are read.
     */
    private static void discardRest(HttpServletRequest request) {
        // Tomcat discards the rest itself, and its stream does not report bytes that are still in the socket
        if (String.valueOf(request.getServletContext().getServerInfo()).startsWith("Apache Tomcat")) {
            return;
        }
        try {
            long announced = request.getContentLengthLong();
            if (announced < 0) {
                // Jetty reports the end only to a read, so the body ends when no bytes arrive for a moment
                discardArriving(request.getInputStream(), MAX_DISCARDED_BYTES, IDLE_NANOS);
            } else {
                discardArriving(request.getInputStream(), Math.min(announced, MAX_DISCARDED_BYTES), DISCARD_NANOS);
            }
        } catch (IOException ex) {
            logger.debug("The rest of a request that is too long could not be read; the request is rejected", ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private static void discardArriving(ServletInputStream body, long limit, long idleNanos)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        long lastRead = begin;
        byte[] buffer = new byte[8 * 1024];
        int discarded = 0;
        while (discarded < limit && System.nanoTime() - begin < DISCARD_NANOS) {
            int available = body.available();
            if (available > 0) {
                discarded += Math.max(0, body.read(buffer, 0, Math.min(available, buffer.length)));
                lastRead = System.nanoTime();
            } else if (body.isFinished() || System.nanoTime() - lastRead > idleNanos) {
                return;
            } else {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }

    private static @Nullable List<String> values(HttpServletRequest request, String name) {
        String[] values = request.getParameterValues(name);
        return values == null ? null : Arrays.asList(values);
    }
}
