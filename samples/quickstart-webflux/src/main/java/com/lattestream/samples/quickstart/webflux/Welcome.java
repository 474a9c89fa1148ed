package com.lattestream.samples.quickstart.webflux;

import com.lattestream.core.webhook.WebhookEvent;
import com.lattestream.spring.ReactiveLatteStreamTemplate;
import java.time.Instant;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Welcomes the first browser that opens the page, which LatteStream reports with a webhook. */
@Component
class Welcome {

    private final ReactiveLatteStreamTemplate latteStream;

    Welcome(ReactiveLatteStreamTemplate latteStream) {
        this.latteStream = latteStream;
    }

    /**
     * The response to the webhook is sent when the event has been accepted. If that fails, the service redelivers the
     * webhook.
     */
    @EventListener
    Mono<Void> occupied(WebhookEvent.ChannelOccupied event) {
        if (!event.channel().equals("chat")) {
            return Mono.empty();
        }
        return latteStream
                .trigger("chat", "message", Map.of("text", "Welcome, you are the first one here.", "at", Instant.now()))
                .then();
    }
}
