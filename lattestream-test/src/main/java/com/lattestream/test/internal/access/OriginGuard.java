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
 * Tells requests of pages that may use an engine from those of other pages in the same browser, each of which can send
 * requests to this machine. Programs that are no browsers send no {@code Origin}. Thread-safe.
 */
public final class OriginGuard {

    private static final Logger log = LoggerFactory.getLogger(OriginGuard.class);

    private static final Pattern SHOWABLE = Pattern.compile("[A-Za-z0-9.:/_\\[\\]-]{1,300}");

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
     * Returns why a request may not use the engine.
     * @param request the request
     * @return the rule; null if it may
     */
    public @Nullable String problem(Request request) {
        String problem = hostProblem(request);
        if (problem != null) {
            return problem;
        }
        List<String> origins = request.getHeaders().getValuesList(HttpHeader.ORIGIN);
        if (origins.isEmpty()) {
            // such as an image or a script, which a browser requests without naming the page's origin
            return isOfAnotherSite(request) ? refuseOrigin("(not named)") : null;
        }
        String origin = String.join(", ", origins);
        return allowed.allowsOrigin(origin) ? null : refuseOrigin(origin);
    }

    /**
     * Returns why a request may not use the console, which is for the engine's own pages only.
     * @param request the request
     * @return the rule; null if it may
     */
    public @Nullable String consoleProblem(Request request) {
        String problem = hostProblem(request);
        if (problem != null) {
            return problem;
        }
        List<String> origins = request.getHeaders().getValuesList(HttpHeader.ORIGIN);
        if (origins.isEmpty()) {
            return isOfAnotherSite(request) && !isOpening(request)
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
        // the request line may name another host, as for a proxy
        String authority = request.getHttpURI().getAuthority();
        if (allowed.allowsHost(host) && (authority == null || allowed.allowsHost(authority))) {
            return null;
        }
        if (hostRefused.compareAndSet(false, true)) {
            log.warn(
                    "Refused a request for the host {}: the local engine goes by localhost and by IP addresses. To reach"
                            + " it by another name, add that to its allowed origins. Further refusals are not logged",
                    shown(host));
        }
        return "The engine goes by localhost, by an IP address, and by the hosts of its allowed origins";
    }

    private String refuseOrigin(String origin) {
        if (originRefused.compareAndSet(false, true)) {
            log.warn(
                    "Refused a request of a page of the origin {}: the local engine is for pages of localhost and of IP"
                            + " addresses. To let other pages use it, add their origin to its allowed origins. Further"
                            + " refusals are not logged",
                    shown(origin));
        }
        return "Pages of this origin may not use the engine, unless it is one of the allowed origins";
    }

    private static boolean isOfAnotherSite(Request request) {
        String site = request.getHeaders().get(FETCH_SITE);
        return site != null && !site.equals("same-origin") && !site.equals("none");
    }

    // a link to the console in another page, which is left then
    private static boolean isOpening(Request request) {
        return "navigate".equals(request.getHeaders().get("Sec-Fetch-Mode"))
                && "document".equals(request.getHeaders().get("Sec-Fetch-Dest"));
    }

    private static String shown(String value) {
        return SHOWABLE.matcher(value).matches() ? value : "(not shown)";
    }
}
