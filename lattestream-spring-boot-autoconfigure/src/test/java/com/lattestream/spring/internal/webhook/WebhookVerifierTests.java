package com.lattestream.spring.internal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.crypto.WebhookSigner;
import com.lattestream.core.webhook.WebhookPayload;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookVerifierTests {

    private static final Instant NOW = Instant.ofEpochMilli(1_674_123_456_789L);

    private static final byte[] BODY = "{}".getBytes(UTF_8);

    private final WebhookVerifier verifier = new WebhookVerifier(
            List.of(new WebhookSigner("old")::verify, new WebhookSigner("new")::verify),
            Duration.ofMinutes(5),
            Clock.fixed(NOW, ZoneOffset.UTC));

    private boolean isWithinTolerance(Duration fromNow) {
        return verifier.isWithinTolerance(new WebhookPayload(NOW.plus(fromNow), List.of()));
    }

    @Test
    void aWebhookMayBeAsFarFromNowAsTheTolerance() {
        assertThat(isWithinTolerance(Duration.ZERO)).isTrue();
        assertThat(isWithinTolerance(Duration.ofMinutes(5))).isTrue();
        assertThat(isWithinTolerance(Duration.ofMinutes(-5))).isTrue();
        assertThat(isWithinTolerance(Duration.ofMinutes(5).plusMillis(1))).isFalse();
        assertThat(isWithinTolerance(Duration.ofMinutes(-5).minusMillis(1))).isFalse();
        assertThat(verifier.isWithinTolerance(new WebhookPayload(Instant.ofEpochMilli(Long.MAX_VALUE), List.of())))
                .isFalse();
        assertThat(verifier.isWithinTolerance(new WebhookPayload(Instant.ofEpochMilli(Long.MIN_VALUE), List.of())))
                .isFalse();
    }

    @Test
    void anyOfTheSecretsWillDo() {
        assertThat(verifier.isSigned(BODY, new WebhookSigner("old").sign(BODY))).isTrue();
        assertThat(verifier.isSigned(BODY, new WebhookSigner("new").sign(BODY))).isTrue();
        assertThat(verifier.isSigned(BODY, new WebhookSigner("other").sign(BODY)))
                .isFalse();
        assertThat(verifier.isSigned(BODY, null)).isFalse();
    }
}
