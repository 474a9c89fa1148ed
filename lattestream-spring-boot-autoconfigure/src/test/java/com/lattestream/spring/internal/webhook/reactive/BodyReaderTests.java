package com.lattestream.spring.internal.webhook.reactive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.spring.internal.webhook.UnverifiedBodyLimiter;
import com.lattestream.spring.internal.webhook.WebhookOutcomeListener.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class BodyReaderTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final int DISCARDED = 256 * 1024;

    private final UnverifiedBodyLimiter limiter = new UnverifiedBodyLimiter(1, 4, TIMEOUT);

    private final UnverifiedBodyLimiter.Body body = limiter.tryOpen();

    private static MockServerHttpRequest request(Flux<DataBuffer> buffers) {
        return MockServerHttpRequest.post("/").body(buffers);
    }

    private static DataBuffer buffer(int length) {
        return DefaultDataBufferFactory.sharedInstance.wrap("a".repeat(length).getBytes(UTF_8));
    }

    @Test
    void aBodyWithinTheLimitIsReadCompletely() {
        BodyReader reader = BodyReader.reading(request(Flux.just(buffer(2), buffer(2))), body);

        StepVerifier.create(reader.read(TIMEOUT)).expectNext(Optional.empty()).verifyComplete();

        assertThat(body.bytes()).isEqualTo("aaaa".getBytes(UTF_8));
        assertThat(limiter.tryOpen()).as("closed by the caller").isNull();
        StepVerifier.create(reader.discardRest()).verifyComplete();
    }

    @Test
    void aLongerBodyIsRefusedBeforeItsEndAndNoLongerCounts() {
        TestPublisher<DataBuffer> client = TestPublisher.create();
        BodyReader reader = BodyReader.reading(request(client.flux()), body);

        StepVerifier.create(reader.read(TIMEOUT))
                .then(() -> client.next(buffer(5)))
                .expectNext(Optional.of(Outcome.OVERSIZED))
                .verifyComplete();
        assertThat(limiter.tryOpen()).isNotNull();

        StepVerifier.create(reader.discardRest())
                .then(() -> client.next(buffer(1)))
                .then(client::complete)
                .verifyComplete();
        assertThat(body.bytes()).isEmpty();
    }

    @Test
    void aBodyThatBreaksOffIsIncomplete() {
        BodyReader reader = BodyReader.reading(
                request(Flux.concat(Flux.just(buffer(1)), Flux.error(new IOException("connection reset")))), body);

        StepVerifier.create(reader.read(TIMEOUT))
                .expectNext(Optional.of(Outcome.INCOMPLETE))
                .verifyComplete();
        assertThat(limiter.tryOpen()).isNotNull();
        StepVerifier.create(reader.discardRest()).verifyComplete();
    }

    @Test
    void aBodyThatDoesNotArriveInTimeIsIncompleteAndTheRestIsDiscardedForASecond() {
        TestPublisher<DataBuffer> client = TestPublisher.create();
        BodyReader reader = BodyReader.reading(request(client.flux()), body);

        StepVerifier.withVirtualTime(() -> reader.read(TIMEOUT))
                .expectSubscription()
                .expectNoEvent(TIMEOUT.minusMillis(1))
                .thenAwait(Duration.ofMillis(1))
                .expectNext(Optional.of(Outcome.INCOMPLETE))
                .verifyComplete();
        assertThat(limiter.tryOpen()).isNotNull();
        client.assertNotCancelled();

        StepVerifier.withVirtualTime(reader::discardRest)
                .expectSubscription()
                .then(() -> client.next(buffer(1)))
                .expectNoEvent(Duration.ofMillis(999))
                .thenAwait(Duration.ofMillis(1))
                .verifyComplete();
        assertThat(body.bytes()).isEmpty();
        client.assertCancelled();
    }

    @Test
    void aBodyThatIsNotReadIsDiscardedUpToALimit() {
        AtomicInteger sent = new AtomicInteger();
        AtomicBoolean cancelled = new AtomicBoolean();
        Flux<DataBuffer> endless = Flux.<DataBuffer>generate(sink -> sink.next(buffer(1024)))
                .doOnNext(next -> sent.incrementAndGet())
                .doOnCancel(() -> cancelled.set(true));

        StepVerifier.create(BodyReader.discard(request(endless))).verifyComplete();

        assertThat(sent).hasValue(DISCARDED / 1024 + 1);
        assertThat(cancelled).isTrue();
    }

    @Test
    void aBodyThatIsNotReadIsDiscardedToItsEnd() {
        AtomicBoolean completed = new AtomicBoolean();

        StepVerifier.create(BodyReader.discard(
                        request(Flux.just(buffer(DISCARDED)).doOnComplete(() -> completed.set(true)))))
                .verifyComplete();

        assertThat(completed).isTrue();
    }

    @Test
    void aBodyThatIsNotReadAndBreaksOffEndsTheRequest() {
        StepVerifier.create(BodyReader.discard(request(Flux.error(new IOException("connection reset")))))
                .verifyComplete();
    }

    @Test
    void noBufferIsReadAfterTheEndOfTheRequest() {
        AtomicBoolean cancelled = new AtomicBoolean();

        StepVerifier.withVirtualTime(() ->
                        BodyReader.discard(request(Flux.<DataBuffer>never().doOnCancel(() -> cancelled.set(true)))))
                .expectSubscription()
                .thenAwait(Duration.ofSeconds(1))
                .verifyComplete();

        assertThat(cancelled).isTrue();
    }
}
