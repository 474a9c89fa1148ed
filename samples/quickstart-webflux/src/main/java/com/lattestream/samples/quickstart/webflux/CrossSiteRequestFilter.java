package com.lattestream.samples.quickstart.webflux;

import java.net.InetSocketAddress;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Rejects requests from pages of other sites, which a browser on this machine could send: requests with a foreign
 * origin, and requests to a foreign host name, because another site can point its own name at this machine (DNS
 * rebinding).
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class CrossSiteRequestFilter implements WebFilter {

    private static final Pattern LOCALHOST_OR_IP_ADDRESS = Pattern.compile("localhost|[0-9.]+|\\[[0-9a-fA-F:.%]+]");

    private final QuickstartProperties properties;

    CrossSiteRequestFilter(QuickstartProperties properties) {
        this.properties = properties;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        InetSocketAddress host = headers.getHost();
        String origin = headers.getOrigin();
        if (host != null && isOwn(host.getHostString()) && (origin == null || isOwn(host(origin)))) {
            return chain.filter(exchange);
        }
        exchange.getResponse().setStatusCode(HttpStatus.FORBIDDEN);
        return exchange.getResponse().setComplete();
    }

    private boolean isOwn(String host) {
        return LOCALHOST_OR_IP_ADDRESS.matcher(host).matches()
                || properties.hosts().contains(host);
    }

    /** Returns the host of an origin; other text, such as "null", is returned as it is. */
    private static String host(String origin) {
        return origin.replaceFirst("^https?://", "").replaceFirst(":[0-9]+$", "");
    }
}
