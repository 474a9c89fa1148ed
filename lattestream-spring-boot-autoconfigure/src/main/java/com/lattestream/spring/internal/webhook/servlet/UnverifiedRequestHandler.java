package com.lattestream.spring.internal.webhook.servlet;

import com.lattestream.core.internal.logging.RateLimitedLogger;
import com.lattestream.core.internal.validation.Quoted;
import com.lattestream.spring.internal.webhook.WebhookOutcomeListener.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.web.HttpRequestHandler;

/** Refuses unverified requests that Spring MVC has mapped to a handler of webhooks. Thread-safe. */
public final class UnverifiedRequestHandler implements HttpRequestHandler {

    private static final Logger logger = LoggerFactory.getLogger(UnverifiedRequestHandler.class);

    private final RateLimitedLogger unverified =
            new RateLimitedLogger(logger, Level.WARN, "webhook_unverified", "requests");

    private final WebhookHandlers handlers;

    private final Consumer<Outcome> outcomes;

    /**
     * Creates a handler.
     * @param handlers determines the handlers of webhooks
     * @param outcomes is notified of each request that is refused
     */
    public UnverifiedRequestHandler(WebhookHandlers handlers, Consumer<Outcome> outcomes) {
        this.handlers = handlers;
        this.outcomes = outcomes;
    }

    /** Returns whether a request must not reach a handler. */
    boolean isRefused(HttpServletRequest request, Object handler) {
        return VerifiedWebhook.of(request) == null && handlers.isWebhookHandler(request, handler);
    }

    /** Returns whether a request must not reach any handler. */
    boolean isRefused(HttpServletRequest request) {
        return VerifiedWebhook.of(request) == null && handlers.mayMatch(request);
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        unverified.log(
                1,
                () -> "Refused a request for " + Quoted.of(request.getRequestURI())
                        + ", status 401: it reached a handler of webhooks, but was not verified. If the service has "
                        + "sent it, correct the webhook URL in the LatteStream dashboard: its path must be exactly "
                        + handlers.path().value());
        response.setStatus(Outcome.UNVERIFIED.status().value());
        outcomes.accept(Outcome.UNVERIFIED);
        UnreadBodyDiscarder.discard(request, response);
    }
}
