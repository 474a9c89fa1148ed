package com.lattestream.core.internal.delivery;

import com.lattestream.core.DeliveryListener;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All who hear what becomes of events. One that throws keeps nobody else from hearing, and no event from its end. */
final class DeliveryListeners implements DeliveryListener {

    private static final Logger logger = LoggerFactory.getLogger(DeliveryListeners.class);

    private final List<DeliveryListener> listeners;

    DeliveryListeners(List<DeliveryListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void onBatch(int events) {
        tell(listener -> listener.onBatch(events));
    }

    @Override
    public void onDelivered(long nanos) {
        tell(listener -> listener.onDelivered(nanos));
    }

    @Override
    public void onFailed(long nanos) {
        tell(listener -> listener.onFailed(nanos));
    }

    private void tell(Consumer<DeliveryListener> news) {
        for (DeliveryListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException ex) {
                logger.error("A delivery listener has failed", ex);
            }
        }
    }
}
