package com.lattestream.spring.internal.webhook.reactive;

import static com.lattestream.spring.internal.webhook.WebhookFixture.BODY;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.webhook.WebhookPayload;
import com.lattestream.spring.internal.webhook.WebhookDelivery;
import com.lattestream.spring.internal.webhook.WebhookFixture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class WebhookPayloadDecoderTests {

    private static final ResolvableType PAYLOAD = ResolvableType.forClass(WebhookPayload.class);

    private final WebhookPayloadDecoder decoder = new WebhookPayloadDecoder();

    private final WebhookDelivery delivery = new WebhookFixture().delivery();

    private final AtomicInteger read = new AtomicInteger();

    private Flux<DataBuffer> body(byte[]... parts) {
        return Flux.fromArray(parts)
                .<DataBuffer>map(DefaultDataBufferFactory.sharedInstance::wrap)
                .doOnNext(part -> read.incrementAndGet());
    }

    private Mono<WebhookPayload> verified(Flux<DataBuffer> body) {
        VerifiedWebhook mark = VerifiedWebhook.mark(
                MockServerWebExchange.from(MockServerHttpRequest.post("/").build()), delivery);
        return decoder.decode(body, PAYLOAD, null, null).next().contextWrite(mark::in);
    }

    private static void isRefused(Mono<WebhookPayload> result) {
        StepVerifier.create(result)
                .verifyErrorSatisfies(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(
                                ResponseStatusException.class,
                                refused -> assertThat(refused.getStatusCode().value())
                                        .isEqualTo(401)));
    }

    @Test
    void onlyWebhooksAreDecodedFromAnyMediaType() {
        assertThat(decoder.canDecode(PAYLOAD, MimeTypeUtils.TEXT_PLAIN)).isTrue();
        assertThat(decoder.canDecode(ResolvableType.forClass(String.class), null))
                .isFalse();
        assertThat(decoder.getDecodableMimeTypes()).containsExactly(MimeTypeUtils.ALL);
    }

    @Test
    void theBodyOfAVerifiedRequestIsItsPayload() {
        StepVerifier.create(verified(body(BODY))).expectNext(delivery.payload()).verifyComplete();
    }

    @Test
    void anUnverifiedBodyIsRefusedAndNotRead() {
        isRefused(decoder.decodeToMono(body(BODY), PAYLOAD, null, null));

        assertThat(read).hasValue(0);
    }

    @Test
    void anotherBodyThanTheVerifiedOneIsRefused() {
        isRefused(verified(body(new byte[BODY.length])));
        isRefused(verified(body()));
    }

    @Test
    void notMoreBytesAreReadThanWereVerified() {
        isRefused(verified(body(BODY, new byte[] {' '}, new byte[] {' '}, new byte[] {' '})));

        assertThat(read).hasValue(2);
    }
}
