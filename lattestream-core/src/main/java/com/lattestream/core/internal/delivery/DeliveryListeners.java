package com.lattestream.core.internal.delivery;

import com.lattestream.core.DeliveryListener;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All who hear what becomes of events. One that throws keeps nobody else from hearing, and no event from its end. */
final class DeliveryListeners {

    private static final Logger logger = LoggerFactory.getLogger(DeliveryListeners.class);

    private final String client;

    private final List<DeliveryListener> listeners;

    DeliveryListeners(String client, List<DeliveryListener> listeners) {
        this.client = client;
        this.listeners = List.copyOf(listeners);
    }

    /** Tells whether anybody listens, so that nobody need be told of a time that has to be asked for. */
    boolean any() {
        return !listeners.isEmpty();
    }

    void onBatch(int events) {
        tell(listener -> listener.onBatch(client, events));
    }

    void onDelivered(long nanos) {
        tell(listener -> listener.onDelivered(client, nanos));
    }

    void onFailed(long nanos) {
        tell(listener -> listener.onFailed(client, nanos));
    }

    private void tell(Consumer<DeliveryListener> news) {
        for (DeliveryListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (Throwable ex) {
                logger.error("A delivery listener has failed", ex);
            }
        }
    }
}
