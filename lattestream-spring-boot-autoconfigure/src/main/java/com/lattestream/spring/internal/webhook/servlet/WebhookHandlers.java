package com.lattestream.spring.internal.webhook.servlet;

import com.lattestream.spring.internal.webhook.PayloadParameterDetector;
import com.lattestream.spring.internal.webhook.WebhookPath;
import com.lattestream.spring.internal.webhook.servlet.HandlerLookup.Match;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.http.server.PathContainer;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.resource.DefaultServletHttpRequestHandler;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Determines which handlers of the application are handlers of webhooks, from the handler that Spring MVC has matched
 * and not from the URL of the request. A handler for all paths without a handler of their own, such as a resource
 * handler or the page of a single-page application, is not a handler of webhooks. Thread-safe.
 */
public final class WebhookHandlers {

    private static final Logger logger = LoggerFactory.getLogger(WebhookHandlers.class);

    private final WebhookPath path;

    private final HandlerLookup lookup;

    private final MappedHandlers mapped;

    private final PayloadParameterDetector payloadParameters = new PayloadParameterDetector();

    private final AtomicBoolean undeterminedLogged = new AtomicBoolean();

    /**
     * Creates a view of the application's handlers, which are looked up with the first request.
     * @param path the path of webhooks
     * @param context contains the handler mappings
     */
    public WebhookHandlers(WebhookPath path, ApplicationContext context) {
        this.path = path;
        this.lookup = new HandlerLookup(context);
        this.mapped = new MappedHandlers(path, lookup, context);
    }

    WebhookPath path() {
        return path;
    }

    /**
     * Returns whether a handler of the application receives a webhook, and responds to it.
     * @param request a request on the path of webhooks
     */
    boolean isHandled(HttpServletRequest request) {
        if (request.getHttpServletMapping().getMappingMatch() == MappingMatch.EXACT) {
            // a servlet of the application is registered on the path
            return true;
        }
        try {
            Match match = lookup.find(LookupRequest.of(request));
            return match != null && !isStatic(match.handler()) && isSpecific(match, request);
        } catch (ServletException ex) {
            // no handler supports the request's method, media type or parameters
            return mapped.hasControllerForPost();
        } catch (Exception ex) {
            logUndetermined("a webhook is passed to listeners only, unless a controller is mapped to the path", ex);
            return mapped.hasControllerForPost();
        }
    }

    private static boolean isStatic(Object handler) {
        return handler instanceof ResourceHttpRequestHandler || handler instanceof DefaultServletHttpRequestHandler;
    }

    private boolean isSpecific(Match match, HttpServletRequest request) throws Exception {
        return match.pattern() != null
                ? WebhookPath.isSpecific(match.pattern())
                : !match.isSameHandlerAs(findAt(path.unrelatedPath(), request));
    }

    /**
     * Returns whether a matched handler is a handler of webhooks, which must not receive an unverified request.
     * @param request the request that the handler would receive
     * @param handler the handler that Spring MVC has matched
     */
    boolean isWebhookHandler(HttpServletRequest request, Object handler) {
        if (mayMatch(request) || mapped.isMappedToPath(handler)) {
            return true;
        }
        if (handler instanceof HandlerMethod method && payloadParameters.isPresent(method)) {
            return true;
        }
        String pattern = HandlerLookup.pattern(request);
        return pattern != null ? path.isLiteralIn(pattern) : isForPathOnly(request, handler);
    }

    /** Returns whether the path of a request may be treated as the path of webhooks. */
    boolean mayMatch(HttpServletRequest request) {
        PathContainer parsed = (ServletRequestPathUtils.hasParsedRequestPath(request)
                        ? ServletRequestPathUtils.getParsedRequestPath(request)
                        : ServletRequestPathUtils.parse(request))
                .pathWithinApplication();
        return path.mayMatch(parsed)
                || (ServletRequestPathUtils.hasCachedPath(request)
                        && ServletRequestPathUtils.getCachedPath(request) instanceof String decoded
                        && path.mayMatch(decoded))
                // as normalized by the container
                || path.mayMatch(request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), ""));
    }

    // a handler mapping that provides no pattern is tested with the path itself, and with another path
    private boolean isForPathOnly(HttpServletRequest request, Object handler) {
        try {
            Match match = findAt(path.value(), request);
            return match != null
                    && match.isHandledBy(handler)
                    && !match.isSameHandlerAs(findAt(path.siblingPath(), request));
        } catch (Exception ex) {
            logUndetermined("requests that reach handlers without a pattern are refused with status 401", ex);
            return true;
        }
    }

    // also null if there is a handler that does not support the request
    private @Nullable Match findAt(String other, HttpServletRequest request) throws Exception {
        try {
            return lookup.find(LookupRequest.at(other, request));
        } catch (ServletException ex) {
            return null;
        }
    }

    private void logUndetermined(String consequence, Exception cause) {
        if (undeterminedLogged.compareAndSet(false, true)) {
            logger.warn("Could not look up the handler of webhooks on {}; {}", path.value(), consequence, cause);
        }
    }
}
