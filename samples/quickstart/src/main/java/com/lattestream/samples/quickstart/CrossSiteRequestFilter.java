package com.lattestream.samples.quickstart;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Rejects requests from pages of other sites, which a browser on this machine could send: requests with a foreign
 * origin, and requests to a foreign host name, because another site can point its own name at this machine (DNS
 * rebinding).
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class CrossSiteRequestFilter extends OncePerRequestFilter {

    private static final Pattern LOCALHOST_OR_IP_ADDRESS = Pattern.compile("localhost|[0-9.]+|\\[[0-9a-fA-F:.%]+]");

    private final QuickstartProperties properties;

    CrossSiteRequestFilter(QuickstartProperties properties) {
        this.properties = properties;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (isOwn(request.getServerName()) && (origin == null || isOwn(host(origin)))) {
            chain.doFilter(request, response);
        } else {
            response.setStatus(HttpStatus.FORBIDDEN.value());
        }
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
