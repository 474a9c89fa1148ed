package com.lattestream.spring.internal.webhook.reactive;

import com.lattestream.core.webhook.WebhookPayload;
import com.lattestream.spring.internal.webhook.WebhookDelivery;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The mark of a request whose signature has been verified, kept as an attribute of the exchange and in Reactor's
 * context, because codecs have no access to the exchange. Only this package can create it, so clients and other code
 * cannot mark a request. It contains the verified bytes, because a filter may replace the body. Immutable.
 */
final class VerifiedWebhook {

    private static final String ATTRIBUTE = VerifiedWebhook.class.getName();

    private final WebhookDelivery delivery;

    private VerifiedWebhook(WebhookDelivery delivery) {
        this.delivery = delivery;
    }

    /** Marks an exchange, and returns the mark for {@link #in(Context)}. */
    static VerifiedWebhook mark(ServerWebExchange exchange, WebhookDelivery delivery) {
        VerifiedWebhook webhook = new VerifiedWebhook(delivery);
        exchange.getAttributes().put(ATTRIBUTE, webhook);
        return webhook;
    }

    Context in(Context context) {
        return context.put(ATTRIBUTE, this);
    }

    /** Returns the mark of an exchange, or null if its signature has not been verified. */
    static @Nullable VerifiedWebhook of(ServerWebExchange exchange) {
        return exchange.getAttributes().get(ATTRIBUTE) instanceof VerifiedWebhook webhook ? webhook : null;
    }

    /** Returns the mark of a context, or null if it is not the context of a verified request. */
    static @Nullable VerifiedWebhook of(ContextView context) {
        return context.getOrDefault(ATTRIBUTE, null) instanceof VerifiedWebhook webhook ? webhook : null;
    }

    /** Returns the length of the verified body in bytes. */
    int length() {
        return delivery.body().length;
    }

    /** Returns the payload, or null if these are not the verified bytes. */
    @Nullable WebhookPayload payloadOf(byte[] read) {
        return delivery.payloadOf(read);
    }
}
