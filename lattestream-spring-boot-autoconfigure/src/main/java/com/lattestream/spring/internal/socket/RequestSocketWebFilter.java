package com.lattestream.spring.internal.socket;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Writes the connection that a request specifies to the Reactor context of the request. Only a validated id is stored.
 * A request without an id is marked as well, to distinguish it from the absence of a request.
 */
public final class RequestSocketWebFilter implements WebFilter, Ordered {

    /** Creates a filter. */
    public RequestSocketWebFilter() {}

    // the highest precedence, because other filters may publish events too
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        RequestSocket socket =
                RequestSocket.of(exchange.getRequest().getHeaders().getOrEmpty(RequestSocket.HEADER));
        return chain.filter(exchange).contextWrite(context -> ReactiveRequestSocketHolder.put(context, socket));
    }
}
