package com.lattestream.spring.internal.webhook.reactive;

import com.lattestream.spring.internal.webhook.UnverifiedBodyLimiter;
import com.lattestream.spring.internal.webhook.WebhookOutcomeListener.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Reads a body without blocking, within the time for the whole body. After a body has been refused, further bytes are
 * discarded for a moment: if the connection were closed while the client is sending, the client might not receive the
 * response. A body can be subscribed to only once, so one subscriber does both.
 */
final class BodyReader extends BaseSubscriber<DataBuffer> {

    private static final Logger logger = LoggerFactory.getLogger(BodyReader.class);

    private static final int MAX_DISCARDED_BYTES = 256 * 1024;

    private static final Duration DISCARD_TIMEOUT = Duration.ofSeconds(1);

    private final ServerHttpRequest request;

    private final UnverifiedBodyLimiter.@Nullable Body body;

    /** Emits the outcome if the body was refused, and completes empty if the body was received completely. */
    private final Sinks.One<Outcome> refusal = Sinks.one();

    private final Sinks.Empty<Void> end = Sinks.empty();

    private volatile boolean refused;

    private int discarded;

    private BodyReader(ServerHttpRequest request, UnverifiedBodyLimiter.@Nullable Body body) {
        this.request = request;
        this.body = body;
        this.refused = body == null;
    }

    /** Creates a reader of a body that may be signed. */
    static BodyReader reading(ServerHttpRequest request, UnverifiedBodyLimiter.Body body) {
        return new BodyReader(request, body);
    }

    /** Discards the bytes of a body that is not read. */
    static Mono<Void> discard(ServerHttpRequest request) {
        BodyReader reader = new BodyReader(request, null);
        return Mono.defer(() -> {
            reader.start();
            return reader.discardRest();
        });
    }

    private void start() {
        request.getBody()
                .doOnDiscard(DataBuffer.class, DataBufferUtils::release)
                .subscribe(this);
    }

    /**
     * Reads the whole body.
     * @param timeout maximum time for the whole body
     * @return the outcome if the body was refused; empty if it has been read
     */
    Mono<Optional<Outcome>> read(Duration timeout) {
        return Mono.defer(() -> {
            start();
            return refusal.asMono()
                    .map(Optional::of)
                    .defaultIfEmpty(Optional.empty())
                    .timeout(timeout)
                    .onErrorResume(TimeoutException.class, ex -> {
                        refuse(Outcome.INCOMPLETE);
                        return Mono.just(Optional.of(Outcome.INCOMPLETE));
                    });
        });
    }

    /**
     * Discards further bytes until the client has sent the whole body, the limit is reached, or the time has expired.
     */
    Mono<Void> discardRest() {
        return end.asMono().timeout(DISCARD_TIMEOUT, Mono.empty()).doFinally(signal -> cancel());
    }

    private void refuse(Outcome outcome) {
        refused = true;
        if (body != null) {
            body.close();
        }
        refusal.tryEmitValue(outcome);
    }

    @Override
    protected void hookOnNext(DataBuffer buffer) {
        try {
            if (refused || body == null) {
                discard(buffer.readableByteCount());
            } else {
                byte[] bytes = new byte[buffer.readableByteCount()];
                buffer.read(bytes);
                if (!body.append(bytes, bytes.length)) {
                    refuse(Outcome.OVERSIZED);
                }
            }
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    private void discard(int length) {
        discarded += length;
        if (discarded > MAX_DISCARDED_BYTES) {
            cancel();
            end.tryEmitEmpty();
        }
    }

    @Override
    protected void hookOnComplete() {
        refusal.tryEmitEmpty();
        end.tryEmitEmpty();
    }

    @Override
    protected void hookOnError(Throwable error) {
        logger.debug("The body of a webhook did not arrive completely", error);
        refuse(Outcome.INCOMPLETE);
        end.tryEmitEmpty();
    }
}
