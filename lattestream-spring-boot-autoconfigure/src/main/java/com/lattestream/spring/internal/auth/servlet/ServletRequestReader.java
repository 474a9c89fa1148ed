package com.lattestream.spring.internal.auth.servlet;

import com.lattestream.spring.internal.auth.SubscriptionRequest;
import com.lattestream.spring.internal.auth.SubscriptionRequestReader;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** Reads the bounded body of a request for a subscription. Thread-safe. */
final class ServletRequestReader {

    private static final int MAX_DISCARDED_BYTES = 256 * 1024;

    private static final long DISCARD_NANOS = TimeUnit.SECONDS.toNanos(1);

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
                discardRest(request.getInputStream());
            }
            throw SubscriptionRequestReader.tooLong();
        }
        byte[] body = request.getInputStream().readNBytes(SubscriptionRequestReader.MAX_LENGTH + 1);
        if (body.length > SubscriptionRequestReader.MAX_LENGTH) {
            discardRest(request.getInputStream());
            throw SubscriptionRequestReader.tooLong();
        }
        return body;
    }

    // Tomcat does this itself; Jetty closes the connection at once, and the client could miss the response
    private static void discardRest(InputStream body) throws IOException {
        long begin = System.nanoTime();
        byte[] buffer = new byte[8 * 1024];
        int discarded = 0;
        int read = 0;
        while (read >= 0 && discarded < MAX_DISCARDED_BYTES && System.nanoTime() - begin < DISCARD_NANOS) {
            read = body.read(buffer);
            discarded += read;
        }
    }

    private static @Nullable List<String> values(HttpServletRequest request, String name) {
        String[] values = request.getParameterValues(name);
        return values == null ? null : Arrays.asList(values);
    }
}
