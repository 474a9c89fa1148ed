package com.lattestream.spring.internal.webhook.reactive;

import com.lattestream.spring.internal.webhook.PayloadParameterDetector;
import com.lattestream.spring.internal.webhook.WebhookPath;
import com.lattestream.spring.internal.webhook.reactive.HandlerLookup.Match;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.http.server.PathContainer;
import org.springframework.util.StringUtils;
import org.springframework.web.ErrorResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.resource.ResourceWebHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Determines which handlers of the application are handlers of webhooks, from the handler that Spring WebFlux has
 * matched and not from the URL of the request. A handler for all paths without a handler of their own, such as a
 * resource handler or the page of a single-page application, is not a handler of webhooks. Thread-safe.
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
     * @param exchange an exchange on the path of webhooks
     */
    Mono<Boolean> isHandled(ServerWebExchange exchange) {
        return Mono.defer(() -> lookup.find(LookupExchange.of(exchange)))
                .filter(match -> !(match.handler() instanceof ResourceWebHandler))
                .flatMap(match -> isSpecific(match, exchange))
                .defaultIfEmpty(false)
                .onErrorResume(ex -> {
                    // not an error: no handler supports the request's method, media type or parameters
                    if (!(ex instanceof ErrorResponse)) {
                        logUndetermined(
                                "a webhook is passed to listeners only, unless a controller is mapped to the path", ex);
                    }
                    return Mono.just(mapped.hasControllerForPost());
                });
    }

    private Mono<Boolean> isSpecific(Match match, ServerWebExchange exchange) {
        return match.pattern() != null
                ? Mono.just(WebhookPath.isSpecific(match.pattern()))
                : isFoundAt(path.unrelatedPath(), match.handler(), exchange).map(found -> !found);
    }

    /**
     * Returns whether a matched handler is a handler of webhooks, which must not receive an unverified request.
     * @param exchange the exchange that the handler would receive
     * @param handler the handler that Spring WebFlux has matched
     */
    Mono<Boolean> isWebhookHandler(ServerWebExchange exchange, Object handler) {
        if (mayMatch(exchange) || mapped.isMappedToPath(handler)) {
            return Mono.just(true);
        }
        if (handler instanceof HandlerMethod method && payloadParameters.isPresent(method)) {
            return Mono.just(true);
        }
        String pattern = HandlerLookup.pattern(exchange);
        return pattern != null ? Mono.just(path.isLiteralIn(pattern)) : isForPathOnly(exchange, handler);
    }

    /** Returns whether the path of a request may be treated as the path of webhooks. */
    private boolean mayMatch(ServerWebExchange exchange) {
        PathContainer requestPath = exchange.getRequest().getPath().pathWithinApplication();
        return path.mayMatch(requestPath) || path.mayMatch(normalized(requestPath));
    }

    // a handler may normalize the path, which the server has not done
    private static String normalized(PathContainer requestPath) {
        StringBuilder decoded = new StringBuilder();
        for (PathContainer.Element element : requestPath.elements()) {
            decoded.append(
                    element instanceof PathContainer.PathSegment segment ? segment.valueToMatch() : element.value());
        }
        return StringUtils.cleanPath(decoded.toString());
    }

    // a handler mapping that provides no pattern is tested with the path itself, and with another path
    private Mono<Boolean> isForPathOnly(ServerWebExchange exchange, Object handler) {
        return isFoundAt(path.value(), handler, exchange)
                .flatMap(found -> found
                        ? isFoundAt(path.siblingPath(), handler, exchange).map(elsewhere -> !elsewhere)
                        : Mono.just(false))
                .onErrorResume(ex -> {
                    logUndetermined("requests that reach handlers without a pattern are refused with status 401", ex);
                    return Mono.just(true);
                });
    }

    // false if there is a handler that does not support the request
    private Mono<Boolean> isFoundAt(String other, Object handler, ServerWebExchange exchange) {
        return Mono.defer(() -> lookup.find(LookupExchange.at(other, exchange)))
                .map(match -> match.isHandledBy(handler))
                .onErrorResume(ErrorResponse.class::isInstance, ex -> Mono.just(false))
                .defaultIfEmpty(false);
    }

    private void logUndetermined(String consequence, Throwable cause) {
        if (undeterminedLogged.compareAndSet(false, true)) {
            logger.warn("Could not look up the handler of webhooks on {}; {}", path.value(), consequence, cause);
        }
    }
}
