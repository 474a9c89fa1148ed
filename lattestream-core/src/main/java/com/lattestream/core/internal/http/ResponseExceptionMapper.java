package com.lattestream.core.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamAuthenticationException;
import com.lattestream.core.LatteStreamRateLimitException;
import com.lattestream.core.crypto.LatteStreamSecret;
import com.lattestream.core.internal.validation.Quoted;
import java.time.Clock;
import java.time.Duration;

/** Creates the exception for a response whose status is not 2xx. */
final class ResponseExceptionMapper {

    private static final int MAX_SHOWN = 300;

    private final LatteStreamSecret secret;

    private final String endpoint;

    private final Clock clock;

    ResponseExceptionMapper(LatteStreamSecret secret, String endpoint, Clock clock) {
        this.secret = secret;
        this.endpoint = endpoint;
        this.clock = clock;
    }

    LatteStreamApiException map(ServiceRequest request, RawResponse response) {
        int status = response.status();
        // the response may contain parts of the request
        String body = new String(response.body(), UTF_8).replace(secret.reveal(), secret.toString());
        String message = request + " to " + endpoint + " received status " + status
                + (body.isBlank() ? "" : ": " + Quoted.text(body, MAX_SHOWN));
        Duration retryAfter = RetryAfter.parse(response.retryAfter(), clock);
        return switch (status) {
            case 401, 403 -> new LatteStreamAuthenticationException(message, status, body);
            case 429 -> new LatteStreamRateLimitException(message, body, retryAfter);
            default -> new LatteStreamApiException(message, status, body, retryAfter);
        };
    }
}
