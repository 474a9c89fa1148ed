package com.lattestream.spring.internal.webhook;

import static com.lattestream.spring.internal.webhook.WebhookFixture.BODY;
import static com.lattestream.spring.internal.webhook.WebhookFixture.NOW;
import static com.lattestream.spring.internal.webhook.WebhookFixture.sign;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.webhook.WebhookEvent;
import com.lattestream.core.webhook.WebhookPayload;
import com.lattestream.spring.internal.webhook.WebhookOutcomeListener.Outcome;
import com.lattestream.spring.webhook.WebhookReplayGuard;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class WebhookProcessorTests {

    private static final WebhookEvent OCCUPIED = new WebhookEvent.ChannelOccupied("chat");

    private final WebhookFixture webhooks = new WebhookFixture();

    private final WebhookProcessor processor = webhooks.processor;

    private static byte[] at(Duration fromNow) {
        return ("{\"time_ms\":" + NOW.plus(fromNow).toEpochMilli() + ",\"events\":[]}").getBytes(UTF_8);
    }

    @Test
    void aSignatureHas64LowerCaseHexadecimalDigits() {
        String signature = sign(BODY);

        assertThat(processor.isWellFormed(signature)).isTrue();
        assertThat(processor.isWellFormed(signature.toUpperCase(Locale.ROOT))).isFalse();
        assertThat(processor.isWellFormed(signature.substring(1))).isFalse();
        assertThat(processor.isWellFormed(signature + "0")).isFalse();
    }

    @ParameterizedTest
    @NullAndEmptySource
    void aMissingSignatureIsNotWellFormedAndIsLoggedAsMissing(String signature, CapturedOutput output) {
        assertThat(processor.isWellFormed(signature)).isFalse();

        assertThat(output).contains("[webhook_signature_missing]").doesNotContain("[webhook_signature_invalid]");
    }

    @Test
    void aBodyIsSignedOnlyWithItsOwnSignature(CapturedOutput output) {
        assertThat(processor.isSigned(BODY, sign(BODY))).isTrue();
        assertThat(output).doesNotContain("webhook_signature");

        assertThat(processor.isSigned(BODY, sign(new byte[0]))).isFalse();
        assertThat(output).contains("[webhook_signature_invalid]").doesNotContain("[webhook_signature_missing]");
    }

    @Test
    void aSignedWebhookIsClaimedAndItsEventsAreDispatched() {
        WebhookDelivery delivery = webhooks.delivery();

        assertThat(delivery.body()).isEqualTo(BODY);
        assertThat(delivery.payload()).isEqualTo(new WebhookPayload(NOW, List.of(OCCUPIED)));
        assertThat(processor.dispatch(delivery)).isEqualTo(Outcome.ACCEPTED);
        assertThat(webhooks.published).containsExactly(OCCUPIED, delivery.payload());

        processor.complete(delivery, Outcome.ACCEPTED);
        assertThat(webhooks.outcomes).containsExactly(Outcome.ACCEPTED);
        assertThat(webhooks.counted).containsExactly(OCCUPIED);
    }

    @Test
    void theIdOfAWebhookIsTheHashOfItsBytes() {
        // openssl dgst -sha256
        assertThat(((WebhookDelivery) processor.begin("{\"time_ms\":1674123456789,\"events\":[]}".getBytes(UTF_8)))
                        .id())
                .isEqualTo("d0fa0b6fb47852248c2a4ce2778fa16708420e925d38e22e25f6eb22ac7e1684");
    }

    @Test
    void aWebhookThatWasAcceptedIsReplayed() {
        processor.complete(webhooks.delivery(), Outcome.ACCEPTED);

        assertThat(processor.begin(BODY)).isEqualTo(new WebhookDelivery.Rejected(Outcome.REPLAYED));
    }

    @Test
    void aWebhookThatIsBeingDispatchedIsDeferred() {
        webhooks.delivery();

        assertThat(processor.begin(BODY)).isEqualTo(new WebhookDelivery.Rejected(Outcome.DEFERRED));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ACCEPTED")
    void aWebhookWithAnyOtherOutcomeIsDispatchedAgainAndItsEventsAreNotCounted(Outcome outcome) {
        processor.complete(webhooks.delivery(), outcome);

        assertThat(webhooks.outcomes).containsExactly(outcome);
        assertThat(webhooks.counted).isEmpty();
        assertThat(processor.begin(BODY)).isInstanceOf(WebhookDelivery.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"events\":[]}", "no JSON"})
    void aSignedBodyThatIsNoWebhookIsMalformed(String body, CapturedOutput output) {
        assertThat(processor.begin(body.getBytes(UTF_8))).isEqualTo(new WebhookDelivery.Rejected(Outcome.MALFORMED));

        assertThat(output).contains("[webhook_refused]", "status 400").doesNotContain("tolerance");
    }

    @Test
    void aWebhookOutsideTheToleranceIsStale(CapturedOutput output) {
        assertThat(processor.begin(at(Duration.ofMinutes(5)))).isInstanceOf(WebhookDelivery.class);
        assertThat(processor.begin(at(Duration.ofMinutes(6)))).isEqualTo(new WebhookDelivery.Rejected(Outcome.STALE));
        assertThat(processor.begin(at(Duration.ofMinutes(-6)))).isEqualTo(new WebhookDelivery.Rejected(Outcome.STALE));

        assertThat(output).contains("[webhook_refused]", "lattestream.webhook.tolerance");
    }

    @Test
    void aGuardThatFailsDefersTheWebhook(CapturedOutput output) {
        webhooks.guard = new FailingGuard();

        assertThat(processor.begin(BODY)).isEqualTo(new WebhookDelivery.Rejected(Outcome.DEFERRED));
        assertThat(output).contains("[webhook_guard_failed]", "status 503", "no connection");
    }

    @ParameterizedTest
    @EnumSource(names = {"ACCEPTED", "FAILED"})
    void aGuardThatFailsAfterTheDispatchDoesNotChangeTheOutcome(Outcome outcome, CapturedOutput output) {
        WebhookDelivery delivery = webhooks.delivery();
        webhooks.guard = new FailingGuard();

        processor.complete(delivery, outcome);

        assertThat(webhooks.outcomes).containsExactly(outcome);
        assertThat(output).contains("[webhook_guard_failed]", "failed to record");
    }

    @Test
    void aListenerThatFailsFailsTheWebhook() {
        webhooks.failure = new IllegalStateException("the listener failed");

        assertThat(processor.dispatch(webhooks.delivery())).isEqualTo(Outcome.FAILED);
    }

    @Test
    void rejectionsAreReported() {
        processor.reportRejection(Outcome.OVERSIZED);

        assertThat(webhooks.outcomes).containsExactly(Outcome.OVERSIZED);
        assertThat(webhooks.counted).isEmpty();
    }

    @Test
    void aBodyThatWasReplacedHasNoPayload() {
        WebhookDelivery delivery = webhooks.delivery();

        assertThat(delivery.payloadOf(BODY.clone())).isSameAs(delivery.payload());
        assertThat(delivery.payloadOf(new byte[0])).isNull();
    }

    @Test
    void theServiceIsToRedeliverAfterASecondIfTheStatusIs503() {
        assertThat(Outcome.DEFERRED.retryAfter()).isEqualTo("1");
        assertThat(Outcome.OVERLOADED.retryAfter()).isEqualTo("1");
        assertThat(Outcome.FAILED.retryAfter()).isNull();
        assertThat(Outcome.INVALID_SIGNATURE.id()).isEqualTo("invalid_signature");
    }

    private static final class FailingGuard implements WebhookReplayGuard {

        @Override
        public Claim claim(String id) {
            throw new IllegalStateException("no connection");
        }

        @Override
        public void complete(String id) {
            throw new IllegalStateException("no connection");
        }

        @Override
        public void release(String id) {
            throw new IllegalStateException("no connection");
        }
    }
}
