package com.lattestream.spring.internal.auth.servlet;

import com.lattestream.spring.internal.auth.SubscriptionRequest;
import com.lattestream.spring.internal.auth.SubscriptionRequestReader;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** Reads the bounded body of a request for a subscription. Thread-safe. */
final class ServletRequestReader {

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
        SubscriptionRequestReader.requireAllowedLength(request.getContentLengthLong());
        byte[] body = request.getInputStream().readNBytes(SubscriptionRequestReader.MAX_LENGTH + 1);
        SubscriptionRequestReader.requireAllowedLength(body.length);
        return body;
    }

    private static @Nullable List<String> values(HttpServletRequest request, String name) {
        String[] values = request.getParameterValues(name);
        return values == null ? null : Arrays.asList(values);
    }
}
