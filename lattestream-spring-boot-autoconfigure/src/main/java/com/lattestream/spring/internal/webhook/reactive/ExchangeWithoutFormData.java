package com.lattestream.spring.internal.webhook.reactive;

import org.springframework.http.codec.multipart.Part;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import reactor.core.publisher.Mono;

/** An exchange of a webhook, which is neither a form nor multipart data, so that its body is not read for either. */
abstract class ExchangeWithoutFormData extends ServerWebExchangeDecorator {

    ExchangeWithoutFormData(ServerWebExchange exchange) {
        super(exchange);
    }

    @Override
    public final Mono<MultiValueMap<String, String>> getFormData() {
        return Mono.just(new LinkedMultiValueMap<>());
    }

    @Override
    public final Mono<MultiValueMap<String, Part>> getMultipartData() {
        return Mono.just(new LinkedMultiValueMap<>());
    }
}
