package com.lattestream.spring.internal.webhook;

import com.lattestream.core.webhook.WebhookEvent;
import com.lattestream.core.webhook.WebhookPayload;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.util.function.SingletonSupplier;

/**
 * Passes webhooks to the application's listeners: each event, and then the whole webhook. Unlike when an event is
 * published to the context, all listeners are called even if one of them throws. Thread-safe.
 */
public final class WebhookDispatcher {

    private static final Logger logger = LoggerFactory.getLogger(WebhookDispatcher.class);

    private final AbstractApplicationContext context;

    // bean definitions do not change, and searching them takes a while
    private final SingletonSupplier<String[]> listenerBeans;

    /**
     * Creates a dispatcher.
     * @param context the context whose listeners are called, including those of its parents
     */
    public WebhookDispatcher(AbstractApplicationContext context) {
        this.context = context;
        this.listenerBeans =
                SingletonSupplier.of(() -> context.getBeanNamesForType(ApplicationListener.class, true, false));
    }

    /**
     * Calls all listeners.
     * @param payload the webhook
     * @return whether all listeners succeeded
     */
    boolean dispatch(WebhookPayload payload) {
        List<Throwable> failures = new ArrayList<>();
        SimpleApplicationEventMulticaster listeners = listeners();
        listeners.setErrorHandler(failures::add);
        for (WebhookEvent event : payload.events()) {
            publish(listeners, event);
        }
        publish(listeners, payload);
        failures.forEach(failure -> logger.error(
                "A listener failed to handle a webhook; answering 500 so that the service redelivers it to all listeners",
                failure));
        return failures.isEmpty();
    }

    private void publish(SimpleApplicationEventMulticaster listeners, Object event) {
        listeners.multicastEvent(
                new PayloadApplicationEvent<>(context, event),
                ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class, event.getClass()));
    }

    // for each webhook again, as listeners that are not beans may be added and removed
    private SimpleApplicationEventMulticaster listeners() {
        SimpleApplicationEventMulticaster listeners = new SimpleApplicationEventMulticaster(context.getBeanFactory());
        for (ApplicationContext each = context; each != null; each = each.getParent()) {
            if (each instanceof AbstractApplicationContext holder) {
                holder.getApplicationListeners().forEach(listeners::addApplicationListener);
            }
        }
        for (String bean : listenerBeans.obtain()) {
            listeners.addApplicationListenerBean(bean);
        }
        return listeners;
    }
}
