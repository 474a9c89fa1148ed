package com.lattestream.core.internal.delivery;

import com.lattestream.core.DeliveryListener;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls all listeners. A listener that throws affects neither the other listeners nor the events. */
final class CompositeDeliveryListener {

    private static final Logger logger = LoggerFactory.getLogger(CompositeDeliveryListener.class);

    private final String client;

    private final List<DeliveryListener> listeners;

    CompositeDeliveryListener(String client, List<DeliveryListener> listeners) {
        this.client = client;
        this.listeners = List.copyOf(listeners);
    }

    /** Whether there are no listeners, so that the time of an event need not be calculated. */
    boolean isEmpty() {
        return listeners.isEmpty();
    }

    void onBatch(int events) {
        forEach(listener -> listener.onBatch(client, events));
    }

    void onDelivered(long nanos) {
        forEach(listener -> listener.onDelivered(client, nanos));
    }

    void onFailed(long nanos) {
        forEach(listener -> listener.onFailed(client, nanos));
    }

    void onSuperseded(long nanos) {
        forEach(listener -> listener.onSuperseded(client, nanos));
    }

    private void forEach(Consumer<DeliveryListener> call) {
        for (DeliveryListener listener : listeners) {
            try {
                call.accept(listener);
            } catch (Throwable ex) {
                logger.error("A DeliveryListener failed; the events are delivered nevertheless", ex);
            }
        }
    }
}
