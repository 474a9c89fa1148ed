package com.lattestream.spring.internal.auth.reactive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.spring.internal.auth.RejectedRequestException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The length and the time of reading are bounded. */
class BoundedBodyTests {

    private static Mono<byte[]> read(Flux<DataBuffer> buffers) {
        return BoundedBody.read(MockServerHttpRequest.post("/auth").body(buffers));
    }

    private static DataBuffer buffer(int length) {
        return DefaultDataBufferFactory.sharedInstance.wrap("a".repeat(length).getBytes(UTF_8));
    }

    @Test
    void aBodyOfTheAllowedLengthIsReadCompletely() {
        StepVerifier.create(read(Flux.just(buffer(8 * 1024), buffer(8 * 1024))))
                .assertNext(bytes -> assertThat(bytes).hasSize(16 * 1024))
                .verifyComplete();
    }

    @Test
    void anEmptyBodyHasNoBytes() {
        StepVerifier.create(read(Flux.empty()))
                .assertNext(bytes -> assertThat(bytes).isEmpty())
                .verifyComplete();
    }

    @Test
    void aLongerBodyIsReadToItsEndAndRejected() {
        AtomicInteger completed = new AtomicInteger();

        StepVerifier.create(read(Flux.just(buffer(17 * 1024), buffer(100)).doOnComplete(completed::incrementAndGet)))
                .verifyError(RejectedRequestException.class);
        assertThat(completed).hasValue(1);
    }

    @Test
    void aLongerBodyThatBreaksOffIsRejectedAsTooLong() {
        StepVerifier.create(read(
                        Flux.concat(Flux.just(buffer(17 * 1024)), Flux.error(new IOException("connection reset")))))
                .verifyError(RejectedRequestException.class);
    }

    @Test
    void anErrorOfTheConnectionIsNotHidden() {
        StepVerifier.create(read(Flux.concat(Flux.just(buffer(17)), Flux.error(new IOException("connection reset")))))
                .verifyError(IOException.class);
    }

    @Test
    void anEndlessBodyIsCancelled() {
        AtomicInteger sent = new AtomicInteger();

        StepVerifier.create(read(Flux.generate(sink -> sink.next(buffer(1024)))
                        .cast(DataBuffer.class)
                        .doOnNext(next -> sent.incrementAndGet())))
                .verifyError(RejectedRequestException.class);
        assertThat(sent).hasValue(BoundedBody.MAX_DISCARDED_BYTES / 1024 + 1);
    }

    @Test
    void aDiscardedBodyThatNeverArrivesIsAwaitedForASecond() {
        StepVerifier.withVirtualTime(() -> BoundedBody.discard(
                        MockServerHttpRequest.post("/auth").body(Flux.concat(Flux.just(buffer(10)), Flux.never()))))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(999))
                .thenAwait(Duration.ofMillis(1))
                .verifyComplete();
    }

    @Test
    void anErrorWhileDiscardingIsIgnored() {
        StepVerifier.create(BoundedBody.discard(MockServerHttpRequest.post("/auth")
                        .body(Flux.concat(Flux.just(buffer(10)), Flux.error(new IOException("connection reset"))))))
                .verifyComplete();
    }

    @Test
    void theEndOfALongerBodyIsAwaitedForASecond() {
        StepVerifier.withVirtualTime(() -> read(Flux.concat(Flux.just(buffer(17 * 1024)), Flux.never())))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(999))
                .thenAwait(Duration.ofMillis(1))
                .verifyError(RejectedRequestException.class);
    }
}
