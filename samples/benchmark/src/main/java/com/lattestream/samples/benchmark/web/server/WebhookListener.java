package com.lattestream.samples.benchmark.web.server;

import com.lattestream.core.webhook.WebhookEvent;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Counts webhooks, so that a run can show that each of them was dispatched. */
@Component
class WebhookListener {

    private final LongAdder received = new LongAdder();

    @EventListener
    void occupied(WebhookEvent.ChannelOccupied event) {
        received.increment();
    }

    long received() {
        return received.sum();
    }
}
