package com.lattestream.spring.internal.auth.reactive;

import com.lattestream.spring.internal.auth.SubscriptionRequestReader;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Reads the body of a request for a subscription and keeps at most the allowed length. The rest of a longer body is
 * discarded for a moment before the request is rejected: the client could otherwise miss the response. On Tomcat, a
 * response before the end of a chunked request may even close the connection of another client. That also happens when
 * Spring's own limits reject a body; spring-framework#33917 describes failures of the same kind.
 */
final class BoundedBody {

    static final int MAX_DISCARDED_BYTES = 256 * 1024;

    private static final Duration DISCARD_TIMEOUT = Duration.ofSeconds(1);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private final Sinks.Empty<Void> limitExceeded = Sinks.empty();

    private long length;

    private BoundedBody() {}

    /**
     * Reads the body of a request.
     * @return the bytes; an error of status 413 if there are more than allowed
     */
    static Mono<byte[]> read(ServerHttpRequest request) {
        return Mono.defer(() -> new BoundedBody().readFrom(request));
    }

    /**
     * Discards the body of a request that is rejected, and waits for its end for at most one second: a client may
     * announce a body that it never sends.
     * @return completes in any case, because the request is rejected anyway
     */
    static Mono<Void> discard(ServerHttpRequest request) {
        return read(request).then().timeout(DISCARD_TIMEOUT, Mono.empty()).onErrorComplete();
    }

    private Mono<byte[]> readFrom(ServerHttpRequest request) {
        return request.getBody()
                .doOnNext(this::append)
                .takeUntil(buffer -> length > MAX_DISCARDED_BYTES)
                .takeUntilOther(limitExceeded.asMono().then(Mono.delay(DISCARD_TIMEOUT)))
                .then(Mono.fromSupplier(this::bytes))
                .onErrorMap(failure -> isTooLong() ? SubscriptionRequestReader.tooLong() : failure);
    }

    private void append(DataBuffer buffer) {
        length += buffer.readableByteCount();
        if (!isTooLong()) {
            byte[] next = new byte[buffer.readableByteCount()];
            buffer.read(next);
            bytes.writeBytes(next);
        } else {
            limitExceeded.tryEmitEmpty();
        }
        DataBufferUtils.release(buffer);
    }

    private boolean isTooLong() {
        return length > SubscriptionRequestReader.MAX_LENGTH;
    }

    private byte[] bytes() {
        if (isTooLong()) {
            throw SubscriptionRequestReader.tooLong();
        }
        return bytes.toByteArray();
    }
}
