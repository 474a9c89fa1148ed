package com.lattestream.spring.internal.webhook.reactive;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Flux;

/**
 * Replaces an exchange during the lookup of a handler, possibly at another path. Handler mappings set attributes, which
 * are kept here, and respond to requests of other origins, so this exchange has no origin. Conditions of handlers may
 * read the body, which must not be read from a client whose signature has not been verified.
 */
final class LookupExchange extends ExchangeWithoutFormData {

    private final ServerHttpRequest request;

    private final Map<String, Object> attributes;

    private LookupExchange(ServerWebExchange exchange, @Nullable String path) {
        super(exchange);
        this.attributes = new ConcurrentHashMap<>(exchange.getAttributes());
        attributes.remove(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        attributes.remove(ServerRequestObservationContext.CURRENT_OBSERVATION_CONTEXT_ATTRIBUTE);
        ServerHttpRequest.Builder changed =
                exchange.getRequest().mutate().headers(headers -> headers.remove(HttpHeaders.ORIGIN));
        if (path != null) {
            String contextPath = exchange.getRequest().getPath().contextPath().value();
            changed.path(contextPath + UriUtils.encodePath(path, StandardCharsets.UTF_8));
        }
        this.request = new Request(changed.build(), exchange instanceof CachedBodyExchange);
    }

    /** Creates a replacement of an exchange at its own path. */
    static LookupExchange of(ServerWebExchange exchange) {
        return new LookupExchange(exchange, null);
    }

    /** Creates a replacement of an exchange at another path within the application. */
    static LookupExchange at(String path, ServerWebExchange exchange) {
        return new LookupExchange(exchange, path);
    }

    @Override
    public ServerHttpRequest getRequest() {
        return request;
    }

    @Override
    public Map<String, Object> getAttributes() {
        return attributes;
    }

    private static final class Request extends ServerHttpRequestDecorator {

        private final boolean bodyAvailable;

        private Request(ServerHttpRequest request, boolean bodyAvailable) {
            super(request);
            this.bodyAvailable = bodyAvailable;
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return bodyAvailable ? super.getBody() : Flux.empty();
        }
    }
}
