package com.lattestream.spring.internal.socket;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Writes the connection that a request names into the Reactor context of everything that handles the request. Only the
 * validated id is kept, and a request without one is marked as well, so that it is told apart from no request.
 */
public final class RequestSocketWebFilter implements WebFilter, Ordered {

    /** Creates a filter. */
    public RequestSocketWebFilter() {}

    // other filters may publish events too
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        RequestSocket socket =
                RequestSocket.of(exchange.getRequest().getHeaders().getOrEmpty(RequestSocket.HEADER));
        return chain.filter(exchange).contextWrite(context -> ReactorRequestSocket.put(context, socket));
    }
}
