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
final class ServiceErrors {

    private static final int MAX_SHOWN = 300;

    private final LatteStreamSecret secret;

    private final String endpoint;

    private final Clock clock;

    ServiceErrors(LatteStreamSecret secret, String endpoint, Clock clock) {
        this.secret = secret;
        this.endpoint = endpoint;
        this.clock = clock;
    }

    LatteStreamApiException of(ServiceRequest request, ServiceAnswer answer) {
        int status = answer.status();
        // the response may contain parts of the request
        String body = new String(answer.body(), UTF_8).replace(secret.reveal(), secret.toString());
        String message = request + " to " + endpoint + " was answered " + status
                + (body.isBlank() ? "" : ": " + Quoted.text(body, MAX_SHOWN));
        Duration retryAfter = RetryAfter.parse(answer.retryAfter(), clock);
        return switch (status) {
            case 401, 403 -> new LatteStreamAuthenticationException(message, status, body);
            case 429 -> new LatteStreamRateLimitException(message, body, retryAfter);
            default -> new LatteStreamApiException(message, status, body, retryAfter);
        };
    }
}
