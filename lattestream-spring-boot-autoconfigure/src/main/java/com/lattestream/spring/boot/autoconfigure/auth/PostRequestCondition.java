package com.lattestream.spring.boot.autoconfigure.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.servlet.mvc.condition.AbstractRequestCondition;

/**
 * Matches {@code POST} requests and their CORS preflight requests. Unlike Spring's own condition on request methods, it
 * ignores requests with other methods and does not respond to them with status 405, because the application may serve a
 * page on the same path.
 */
final class PostRequestCondition extends AbstractRequestCondition<PostRequestCondition> {

    @Override
    protected Collection<?> getContent() {
        return List.of("POST");
    }

    @Override
    protected String getToStringInfix() {
        return " || ";
    }

    @Override
    public PostRequestCondition combine(PostRequestCondition other) {
        return this;
    }

    @Override
    public @Nullable PostRequestCondition getMatchingCondition(HttpServletRequest request) {
        String method = CorsUtils.isPreFlightRequest(request)
                ? request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)
                : request.getMethod();
        return "POST".equals(method) ? this : null;
    }

    @Override
    public int compareTo(PostRequestCondition other, HttpServletRequest request) {
        return 0;
    }
}
