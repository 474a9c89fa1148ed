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
        Object marked = event instanceof PayloadApplicationEvent<?> envelope
                        && types.find(event.getClass()).isEmpty()
                ? envelope.getPayload()
                : event;
        types.find(marked.getClass()).ifPresent(definition -> broadcaster.broadcast(definition, marked));
    }

    // another thread has no part in the publisher's transaction and request
    @Override
    public boolean supportsAsyncExecution() {
        return false;
    }
}
