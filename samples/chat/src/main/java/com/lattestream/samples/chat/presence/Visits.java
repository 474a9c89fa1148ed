package com.lattestream.samples.chat.presence;

import com.lattestream.core.webhook.WebhookEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Listens to webhooks, and broadcasts to the members in a room when a user enters or leaves it. */
@Component
class Visits {

    private static final String ROOM = "presence-room-";

    private final ApplicationEventPublisher events;

    Visits(ApplicationEventPublisher events) {
        this.events = events;
    }

    @EventListener
    void joined(WebhookEvent.MemberAdded webhook) {
        publish(webhook.channel(), webhook.userId(), true);
    }

    @EventListener
    void left(WebhookEvent.MemberRemoved webhook) {
        publish(webhook.channel(), webhook.userId(), false);
    }

    private void publish(String channel, String user, boolean here) {
        if (channel.startsWith(ROOM)) {
            events.publishEvent(new Visit(channel.substring(ROOM.length()), user, here));
        }
    }
}
