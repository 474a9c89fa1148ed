package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatteStreamExceptionTests {

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void transientStatusesAreRetryable(int status) {
        assertThat(response(status).isRetryable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 301, 400, 401, 403, 404, 409, 413, 422, 501, 505})
    void otherStatusesAreNotRetryable(int status) {
        assertThat(response(status).isRetryable()).isFalse();
    }

    @Test
    void failuresWithoutAResponseAreRetryable() {
        assertThat(new LatteStreamConnectionException("reset", true, new IOException("reset")).isRetryable())
                .isTrue();
        assertThat(new LatteStreamTimeoutException("late", true, null).isRetryable())
                .isTrue();
        assertThat(new LatteStreamQueueFullException("full").isRetryable()).isTrue();
        assertThat(new LatteStreamUnavailableException("open").isRetryable()).isTrue();
        assertThat(new LatteStreamRateLimitException("429", "", null).isRetryable())
                .isTrue();
    }

    @Test
    void aRejectedSecretAndARollbackAreNotRetryable() {
        assertThat(new LatteStreamAuthenticationException("401", 401, "").isRetryable())
                .isFalse();
        assertThat(new LatteStreamRolledBackException("rolled back").isRetryable())
                .isFalse();
        assertThat(new LatteStreamException("interrupted").isRetryable()).isFalse();
    }

    @Test
    void serverErrorsStartAt500() {
        assertThat(response(499).isServerError()).isFalse();
        assertThat(response(500).isServerError()).isTrue();
        assertThat(response(599).isServerError()).isTrue();
    }

    @Test
    void only400And413And422RejectTheContentOfTheRequest() {
        assertThat(IntStream.range(100, 600).filter(status -> response(status).isInvalidRequest()))
                .containsExactly(400, 413, 422);
    }

    private static LatteStreamApiException response(int status) {
        return new LatteStreamApiException("received status " + status, status, "", null);
    }
}
