package com.lattestream.spring.boot.autoconfigure.auth;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.reactive.result.condition.AbstractRequestCondition;
import org.springframework.web.server.ServerWebExchange;

/** Counterpart of {@link PostRequestCondition} for Spring WebFlux. */
final class ReactivePostRequestCondition extends AbstractRequestCondition<ReactivePostRequestCondition> {

    @Override
    protected Collection<?> getContent() {
        return List.of("POST");
    }

    @Override
    protected String getToStringInfix() {
        return " || ";
    }

    @Override
    public ReactivePostRequestCondition combine(ReactivePostRequestCondition other) {
        return this;
    }

    @Override
    public @Nullable ReactivePostRequestCondition getMatchingCondition(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        HttpMethod method = CorsUtils.isPreFlightRequest(request)
                ? request.getHeaders().getAccessControlRequestMethod()
                : request.getMethod();
        return HttpMethod.POST.equals(method) ? this : null;
    }

    @Override
    public int compareTo(ReactivePostRequestCondition other, ServerWebExchange exchange) {
        return 0;
    }
}
