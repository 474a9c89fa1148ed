package com.lattestream.spring.internal.webhook.reactive;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;

/** An exchange whose request body has been read already, and can be read any number of times. */
final class CachedBodyExchange extends ExchangeWithoutFormData {

    private final ServerHttpRequest request;

    CachedBodyExchange(ServerWebExchange exchange, byte[] body) {
        super(exchange);
        this.request = new Request(exchange, body);
    }

    @Override
    public ServerHttpRequest getRequest() {
        return request;
    }

    private static final class Request extends ServerHttpRequestDecorator {

        private final ServerWebExchange exchange;

        private final byte[] body;

        private Request(ServerWebExchange exchange, byte[] body) {
            super(exchange.getRequest());
            this.exchange = exchange;
            this.body = body;
        }

        // a copy, because a filter or handler may change the bytes
        @Override
        public Flux<DataBuffer> getBody() {
            return Flux.defer(
                    () -> Flux.just(exchange.getResponse().bufferFactory().wrap(body.clone())));
        }
    }
}
