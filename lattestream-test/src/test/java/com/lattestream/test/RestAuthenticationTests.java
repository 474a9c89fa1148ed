package com.lattestream.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.testsupport.MutableClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestAuthenticationTests {

    private static final String BODY = "{\"channel\":\"chat\",\"event\":\"message\",\"data\":\"1\"}";

    private final MutableClock clock = new MutableClock();

    private EmbeddedLatteStreamServer engine;

    @BeforeEach
    void start() {
        engine = EmbeddedLatteStreamServer.builder().clock(clock).start();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void acceptsASignedRequest() {
        assertThat(signed().send().statusCode()).isEqualTo(200);
        assertThat(engine.events()).hasSize(1);
    }

    @Test
    void acceptsAQuerySignedInItsEncodedForm() {
        SignedCall call = SignedCall.post(engine, "/events?a=%7E~&b=x+y", BODY.getBytes(UTF_8), clock.instant());

        assertThat(call.send().statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Authorization", "X-LatteStream-Timestamp", "X-LatteStream-Nonce", "X-LatteStream-Signature"})
    void rejectsARequestWithoutAHeader(String name) {
        expectRejected(signed().without(name).send(), name);
    }

    @Test
    void rejectsAnotherSecret() {
        expectRejected(signed().header("Authorization", "lsk_another").send(), "Authorization");
    }

    @Test
    void rejectsAnInvalidSignature() {
        expectRejected(
                signed().header("X-LatteStream-Signature", "00".repeat(32)).send(), "X-LatteStream-Signature");
    }

    @Test
    void rejectsATamperedBody() {
        expectRejected(signed().body(BODY.replace('1', '2')).send(), "X-LatteStream-Signature");
        assertThat(engine.events()).isEmpty();
    }

    @Test
    void rejectsASignatureForAnotherPath() {
        expectRejected(signed().sendTo("/batch_events"), "X-LatteStream-Signature");
        expectRejected(signed().sendTo("/events?x=1"), "X-LatteStream-Signature");
    }

    @Test
    void rejectsATamperedTimestampOrNonce() {
        String later = String.valueOf(clock.instant().getEpochSecond() + 1);

        expectRejected(signed().header("X-LatteStream-Timestamp", later).send(), "X-LatteStream-Signature");
        expectRejected(signed().header("X-LatteStream-Nonce", "another").send(), "X-LatteStream-Signature");
    }

    @Test
    void acceptsATimestampOfUpToFiveMinutesDifference() {
        Instant now = clock.instant();

        assertThat(signedAt(now.minusSeconds(300)).send().statusCode()).isEqualTo(200);
        assertThat(signedAt(now.plusSeconds(300)).send().statusCode()).isEqualTo(200);
        expectRejected(signedAt(now.minusSeconds(301)).send(), "X-LatteStream-Timestamp");
        expectRejected(signedAt(now.plusSeconds(301)).send(), "X-LatteStream-Timestamp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"now", "-1", "1e9", "99999999999999999999", "9223372036854775807"})
    void rejectsAnInvalidTimestamp(String timestamp) {
        expectRejected(signed().header("X-LatteStream-Timestamp", timestamp).send(), "X-LatteStream-Timestamp");
    }

    @Test
    void rejectsAReplayedNonce() {
        SignedCall call = signed();

        assertThat(call.send().statusCode()).isEqualTo(200);
        expectRejected(call.send(), "X-LatteStream-Nonce");
    }

    @Test
    void rejectsAReplayWhileItsTimestampIsValid() {
        SignedCall call = signedAt(clock.instant().plusSeconds(300));

        assertThat(call.send().statusCode()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(599));
        expectRejected(call.send(), "X-LatteStream-Nonce");
        clock.advance(Duration.ofSeconds(2));
        expectRejected(call.send(), "X-LatteStream-Timestamp");
    }

    @Test
    void doesNotRecordTheNonceOfARejectedRequest() {
        SignedCall call = signed().body("tampered");
        expectRejected(call.send(), "X-LatteStream-Signature");

        assertThat(call.body(BODY).send().statusCode()).isEqualTo(200);
    }

    @Test
    void rejectsAnOverlongNonce() {
        expectRejected(signed().header("X-LatteStream-Nonce", "n".repeat(129)).send(), "X-LatteStream-Nonce");
    }

    @Test
    void doesNotExposeTheSecret() {
        assertThat(signed().header("Authorization", "lsk_another").send().body())
                .doesNotContain(engine.secret())
                .doesNotContain("lsk_another");
    }

    private SignedCall signed() {
        return signedAt(clock.instant());
    }

    private SignedCall signedAt(Instant time) {
        return SignedCall.post(engine, "/events", BODY.getBytes(UTF_8), time);
    }

    private void expectRejected(HttpResponse<String> response, String culprit) {
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(SignedCall.parse(response.body()).path("error").stringValue())
                .startsWith(culprit);
    }
}
