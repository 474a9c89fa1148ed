package com.lattestream.spring.internal.webhook.reactive;

import com.lattestream.core.webhook.WebhookPayload;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.AbstractDecoder;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Decodes the body of a verified request to {@link WebhookPayload}, on any path. The body of any other request is
 * refused with status 401. Thread-safe.
 */
public final class WebhookPayloadDecoder extends AbstractDecoder<WebhookPayload> {

    /** Creates a decoder. */
    public WebhookPayloadDecoder() {
        super(MimeTypeUtils.ALL);
    }

    @Override
    public boolean canDecode(ResolvableType type, @Nullable MimeType mimeType) {
        return type.toClass() == WebhookPayload.class && super.canDecode(type, mimeType);
    }

    @Override
    public List<MimeType> getDecodableMimeTypes() {
        return List.of(MimeTypeUtils.ALL);
    }

    @Override
    public Flux<WebhookPayload> decode(
            Publisher<DataBuffer> input,
            ResolvableType type,
            @Nullable MimeType mimeType,
            @Nullable Map<String, Object> hints) {
        return decodeToMono(input, type, mimeType, hints).flux();
    }

    // an unverified body is not read at all
    @Override
    public Mono<WebhookPayload> decodeToMono(
            Publisher<DataBuffer> input,
            ResolvableType type,
            @Nullable MimeType mimeType,
            @Nullable Map<String, Object> hints) {
        return Mono.deferContextual(context -> {
            VerifiedWebhook verified = VerifiedWebhook.of(context);
            return verified == null ? Mono.error(WebhookPayloadDecoder::unverified) : read(input, verified);
        });
    }

    // if a filter has replaced the body, at most as many bytes are read as the verified body has
    private static Mono<WebhookPayload> read(Publisher<DataBuffer> input, VerifiedWebhook verified) {
        return DataBufferUtils.join(input, Math.max(verified.length(), 1))
                .mapNotNull(buffer -> verified.payloadOf(bytes(buffer)))
                .onErrorMap(DataBufferLimitException.class, ex -> unverified())
                .switchIfEmpty(Mono.error(WebhookPayloadDecoder::unverified));
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static ResponseStatusException unverified() {
        return new ResponseStatusException(
                HttpStatus.UNAUTHORIZED, "A WebhookPayload is read only from a request that has been verified");
    }
}
