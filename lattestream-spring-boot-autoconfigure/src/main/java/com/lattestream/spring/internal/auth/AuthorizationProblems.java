package com.lattestream.spring.internal.auth;

import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamAuthenticationException;
import com.lattestream.core.LatteStreamConnectionException;
import com.lattestream.core.LatteStreamTimeoutException;
import com.lattestream.core.LatteStreamUnavailableException;
import com.lattestream.core.internal.logging.RateLimitedLogger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/**
 * Creates the responses to requests that are not granted: problem details (RFC 9457), which contain no values of the
 * request.
 */
final class AuthorizationProblems {

    private static final Logger logger = LoggerFactory.getLogger(AuthorizationProblems.class);

    // used if the service does not send Retry-After
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RateLimitedLogger secretRefused =
            new RateLimitedLogger(logger, Level.ERROR, "secret_refused", "subscriptions");

    private final RateLimitedLogger authorizationFailed =
            new RateLimitedLogger(logger, Level.WARN, "authorization_failed", "subscriptions");

    static ResponseEntity<byte[]> of(RejectedRequestException rejected) {
        return problem(rejected.status(), rejected.detail(), rejected.field(), null);
    }

    static ResponseEntity<byte[]> forbidden(String detail) {
        return problem(HttpStatus.FORBIDDEN, detail, null, null);
    }

    /** Returns the response if the subscription was granted, but the authorization could not be created. */
    ResponseEntity<byte[]> of(Throwable failure) {
        if (failure instanceof LatteStreamAuthenticationException refused) {
            secretRefused.log(
                    1,
                    () -> "Subscriptions cannot be authorized, because LatteStream rejects the secret. Check"
                            + " 'lattestream.secret': " + refused.getMessage());
            return problem(HttpStatus.INTERNAL_SERVER_ERROR, "Subscriptions cannot be authorized", null, null);
        }
        if (failure instanceof LatteStreamTimeoutException || failure instanceof TimeoutException) {
            authorizationFailed.log(
                    1, () -> "A subscription was not authorized in time; the browser client can retry: " + failure);
            return problem(HttpStatus.GATEWAY_TIMEOUT, "LatteStream did not respond in time", null, null);
        }
        if (failure instanceof LatteStreamConnectionException
                || failure instanceof LatteStreamUnavailableException
                || (failure instanceof LatteStreamApiException response && isUnavailable(response))) {
            logFailure(failure);
            return problem(HttpStatus.SERVICE_UNAVAILABLE, "LatteStream is not available", null, retryAfter(failure));
        }
        if (failure instanceof LatteStreamApiException) {
            logFailure(failure);
            return problem(HttpStatus.BAD_GATEWAY, "LatteStream did not authorize the subscription", null, null);
        }
        authorizationFailed.log(1, () -> "A subscription could not be authorized", failure);
        return problem(HttpStatus.INTERNAL_SERVER_ERROR, "Subscriptions cannot be authorized", null, null);
    }

    private void logFailure(Throwable failure) {
        authorizationFailed.log(
                1,
                () -> "A subscription could not be authorized; the browser client can retry: " + failure.getMessage());
    }

    private static boolean isUnavailable(LatteStreamApiException response) {
        return response.isServerError() || response.isRetryable();
    }

    private static Duration retryAfter(Throwable failure) {
        return failure instanceof LatteStreamApiException response
                ? response.retryAfter().orElse(RETRY_AFTER)
                : RETRY_AFTER;
    }

    private static ResponseEntity<byte[]> problem(
            HttpStatus status, String detail, @Nullable String field, @Nullable Duration retryAfter) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("title", status.getReasonPhrase());
        problem.put("status", status.value());
        problem.put("detail", detail);
        if (field != null) {
            problem.put("field", field);
        }
        ResponseEntity.BodyBuilder response = ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .headers(AuthorizationProblems::noStore);
        if (retryAfter != null) {
            response.header(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, retryAfter.toSeconds())));
        }
        return response.body(JSON.writeValueAsBytes(problem));
    }

    /** Sets the headers of all responses: they must not be cached, and must be interpreted as JSON only. */
    static void noStore(HttpHeaders headers) {
        headers.setCacheControl("no-store");
        headers.set("X-Content-Type-Options", "nosniff");
    }
}
