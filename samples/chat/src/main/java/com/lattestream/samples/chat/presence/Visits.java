package com.lattestream.samples.chat.presence;

import com.lattestream.core.webhook.WebhookEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Listens to webhooks, and broadcasts to the members in a room when a user enters or leaves it. */
@Component
class Visits {

    private final ApplicationEventPublisher events;

    Visits(ApplicationEventPublisher events) {
        this.events = events;
    }

    @EventListener
    void joined(WebhookEvent.MemberAdded webhook) {
        events.publishEvent(new Visit(webhook.channel(), webhook.userId(), true));
    }

    @EventListener
    void left(WebhookEvent.MemberRemoved webhook) {
        events.publishEvent(new Visit(webhook.channel(), webhook.userId(), false));
    }
}
