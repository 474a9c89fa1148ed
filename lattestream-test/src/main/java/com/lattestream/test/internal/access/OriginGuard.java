package com.lattestream.test.internal.access;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the origin of requests, because any page in a browser on this machine can send requests to the engine.
 * Programs other than browsers send no {@code Origin} header and are not restricted. Thread-safe.
 */
public final class OriginGuard {

    private static final Logger log = LoggerFactory.getLogger(OriginGuard.class);

    private static final Pattern LOGGABLE = Pattern.compile("[A-Za-z0-9.:/_\\[\\]-]{1,300}");

    private static final String FETCH_SITE = "Sec-Fetch-Site";

    private final AllowedOrigins allowed;

    private final AtomicBoolean hostRefused = new AtomicBoolean();

    private final AtomicBoolean originRefused = new AtomicBoolean();

    /**
     * Creates a guard.
     * @param allowed the origins that are allowed
     */
    public OriginGuard(AllowedOrigins allowed) {
        this.allowed = allowed;
    }

    /**
     * Returns the reason for which a request may not use the engine.
     * @param request the request
     * @return the reason; null if the request is allowed
     */
    public @Nullable String problem(Request request) {
        String problem = hostProblem(request);
        if (problem != null) {
            return problem;
        }
        List<String> origins = request.getHeaders().getValuesList(HttpHeader.ORIGIN);
        if (origins.isEmpty()) {
            // such as an image or a script, for which browsers do not send the origin of the page
            return isCrossSite(request) ? refuseOrigin("(not sent)") : null;
        }
        String origin = String.join(", ", origins);
        return allowed.allowsOrigin(origin) ? null : refuseOrigin(origin);
    }

    /**
     * Returns the reason for which a request may not use the console, which is available to pages of the engine only.
     * @param request the request
     * @return the reason; null if the request is allowed
     */
    public @Nullable String consoleProblem(Request request) {
        String problem = hostProblem(request);
        if (problem != null) {
            return problem;
        }
        List<String> origins = request.getHeaders().getValuesList(HttpHeader.ORIGIN);
        if (origins.isEmpty()) {
            return isCrossSite(request) && !isNavigation(request)
                    ? "Pages of other origins may not use the console"
                    : null;
        }
        return allowed.isSameOrigin(
                        String.join(", ", origins),
                        String.valueOf(request.getHeaders().get(HttpHeader.HOST)))
                ? null
                : "Pages of other origins may not use the console";
    }

    private @Nullable String hostProblem(Request request) {
        List<String> hosts = request.getHeaders().getValuesList(HttpHeader.HOST);
        String host = String.join(", ", hosts);
        // the request line may contain a different host, as for a proxy
        String authority = request.getHttpURI().getAuthority();
        if (allowed.allowsHost(host) && (authority == null || allowed.allowsHost(authority))) {
            return null;
        }
        if (hostRefused.compareAndSet(false, true)) {
            log.warn(
                    "Rejected a request for the host {}: the local engine accepts localhost and IP addresses. To use"
                            + " another host name, add its origin to the allowed origins. Further rejections are not logged",
                    loggable(host));
        }
        return "The engine accepts requests for localhost, for IP addresses, and for the hosts of its allowed origins";
    }

    private String refuseOrigin(String origin) {
        if (originRefused.compareAndSet(false, true)) {
            log.warn(
                    "Rejected a request from a page with the origin {}: the local engine accepts pages of localhost and of"
                            + " IP addresses. To accept other pages, add their origin to the allowed origins. Further"
                            + " rejections are not logged",
                    loggable(origin));
        }
        return "Pages of this origin may not use the engine; only allowed origins may";
    }

    private static boolean isCrossSite(Request request) {
        String site = request.getHeaders().get(FETCH_SITE);
        return site != null && !site.equals("same-origin") && !site.equals("none");
    }

    // navigation from a link in another page; that page is left
    private static boolean isNavigation(Request request) {
        return "navigate".equals(request.getHeaders().get("Sec-Fetch-Mode"))
                && "document".equals(request.getHeaders().get("Sec-Fetch-Dest"));
    }

    private static String loggable(String value) {
        return LOGGABLE.matcher(value).matches() ? value : "(not shown)";
    }
}
