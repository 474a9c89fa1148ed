package com.lattestream.spring.internal.webhook;

import com.lattestream.core.internal.logging.RateLimitedLogger;
import com.lattestream.core.webhook.WebhookPayload;
import com.lattestream.spring.internal.webhook.WebhookOutcomeListener.Outcome;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes webhooks as application events: each event, and then the whole webhook, in one transaction. The first
 * exception ends the dispatch, as with any event that is published: the transaction is rolled back, and the redelivery
 * calls all listeners. Thread-safe.
 */
public final class WebhookDispatcher {

    private static final Logger logger = LoggerFactory.getLogger(WebhookDispatcher.class);

    private final RateLimitedLogger transactionFailed =
            new RateLimitedLogger(logger, Level.ERROR, "webhook_transaction_failed", "webhooks");

    private final ApplicationEventPublisher publisher;

    private final WebhookTransaction transaction;

    /**
     * Creates a dispatcher.
     * @param publisher the context, which passes events to its listeners and to those of its parents
     * @param transaction runs the dispatch
     */
    public WebhookDispatcher(ApplicationEventPublisher publisher, WebhookTransaction transaction) {
        this.publisher = publisher;
        this.transaction = transaction;
    }

    /**
     * Publishes a webhook.
     * @param payload the webhook
     * @return {@code ACCEPTED} once the transaction has been committed, {@code FAILED} if a listener or the commit
     * failed, {@code DEFERRED} if the transaction could not begin
     */
    Outcome dispatch(WebhookPayload payload) {
        AtomicBoolean begun = new AtomicBoolean();
        try {
            transaction.execute(() -> {
                begun.set(true);
                payload.events().forEach(publisher::publishEvent);
                publisher.publishEvent(payload);
            });
            return Outcome.ACCEPTED;
        } catch (RuntimeException | Error ex) {
            if (begun.get()) {
                logger.error(
                        "A listener or the commit failed to handle a webhook; responding with status 500 so that the service redelivers"
                                + " it to all listeners",
                        ex);
                return Outcome.FAILED;
            }
            transactionFailed.log(
                    1,
                    () ->
                            "No transaction could begin for a webhook; responding with status 503 so that the service redelivers it. Check"
                                    + " the database of the application's transaction manager",
                    ex);
            return Outcome.DEFERRED;
        }
    }
}
