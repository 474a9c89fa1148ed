package com.lattestream.spring.internal.broadcast;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

/** Broadcasts the application events whose classes are marked. Thread-safe. */
public final class BroadcastEventListener implements ApplicationListener<ApplicationEvent> {

    private final BroadcastTypes types;

    private final Broadcaster broadcaster;

    /**
     * Creates a listener.
     * @param types knows the classes
     * @param broadcaster takes their objects
     */
    public BroadcastEventListener(BroadcastTypes types, Broadcaster broadcaster) {
        this.types = types;
        this.broadcaster = broadcaster;
    }

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        Object source = event instanceof PayloadApplicationEvent<?> payload ? payload.getPayload() : event;
        types.find(source.getClass()).ifPresent(definition -> broadcaster.broadcast(definition, source));
    }

    // another thread has no part in the publisher's transaction and request
    @Override
    public boolean supportsAsyncExecution() {
        return false;
    }
}
