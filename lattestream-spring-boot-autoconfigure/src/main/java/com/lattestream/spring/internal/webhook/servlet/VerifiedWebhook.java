package com.lattestream.spring.internal.webhook.servlet;

import com.lattestream.core.webhook.WebhookPayload;
import com.lattestream.spring.internal.webhook.WebhookDelivery;
import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The mark of a request whose signature has been verified, kept as a request attribute. Only this package can create
 * it, so clients and other code cannot mark a request. It contains the verified bytes, because a filter may replace the
 * body. Immutable.
 */
final class VerifiedWebhook {

    private static final String ATTRIBUTE = VerifiedWebhook.class.getName();

    private final WebhookDelivery delivery;

    private VerifiedWebhook(WebhookDelivery delivery) {
        this.delivery = delivery;
    }

    static void mark(ServletRequest request, WebhookDelivery delivery) {
        request.setAttribute(ATTRIBUTE, new VerifiedWebhook(delivery));
    }

    /** Returns the mark of a request, or null if its signature has not been verified. */
    static @Nullable VerifiedWebhook of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof VerifiedWebhook webhook ? webhook : null;
    }

    /** Returns the payload, or null if these are not the verified bytes. */
    @Nullable WebhookPayload payloadOf(byte[] read) {
        return delivery.payloadOf(read);
    }
}
