package com.lattestream.core.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamAuthenticationException;
import com.lattestream.core.LatteStreamRateLimitException;
import com.lattestream.core.crypto.LatteStreamSecret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseExceptionMapperTests {

    private final ResponseExceptionMapper mapper = new ResponseExceptionMapper(
            LatteStreamSecret.of("lsk_confidential"),
            "https://service",
            Clock.fixed(Instant.parse("2026-11-01T12:00:00Z"), ZoneOffset.UTC));

    private LatteStreamApiException map(int status, @Nullable String retryAfter, String body) {
        return mapper.map(ServiceRequest.ping(null), new RawResponse(status, retryAfter, body.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aRejectedSecretIsAnAuthenticationException(int status) {
        assertThat(map(status, "7", "{\"error\":\"secret\"}"))
                .isExactlyInstanceOf(LatteStreamAuthenticationException.class)
                .satisfies(failure -> {
                    assertThat(failure.status()).isEqualTo(status);
                    assertThat(failure.responseBody()).isEqualTo("{\"error\":\"secret\"}");
                });
    }

    @Test
    void status429IsARateLimitExceptionWithTheRequestedWait() {
        assertThat(map(429, "7", "slow down"))
                .isExactlyInstanceOf(LatteStreamRateLimitException.class)
                .satisfies(failure -> {
                    assertThat(failure.status()).isEqualTo(429);
                    assertThat(failure.responseBody()).isEqualTo("slow down");
                    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 404, 500, 503})
    void otherStatusesAreApiExceptions(int status) {
        assertThat(map(status, "Sun, 01 Nov 2026 12:00:30 GMT", "body"))
                .isExactlyInstanceOf(LatteStreamApiException.class)
                .satisfies(failure -> {
                    assertThat(failure.status()).isEqualTo(status);
                    assertThat(failure.responseBody()).isEqualTo("body");
                    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(30));
                });
    }

    @Test
    void withoutAHeaderNoWaitIsRequested() {
        assertThat(map(503, null, "").retryAfter()).isEmpty();
    }

    @Test
    void theMessageNamesTheRequestTheEndpointAndTheStatus() {
        assertThat(map(503, null, " "))
                .hasMessage("GET /channels/lattestream-ping to https://service received status 503");
        assertThat(map(503, null, "maintenance").getMessage())
                .contains("status 503")
                .contains("maintenance");
    }

    @Test
    void aSecretInTheResponseIsMasked() {
        LatteStreamApiException failure = map(401, null, "lsk_confidential is not valid");

        assertThat(failure.getMessage()).doesNotContain("confidential");
        assertThat(failure.responseBody()).isEqualTo("lsk_****** is not valid");
    }
}
