package com.lattestream.spring.internal.broadcast;

import com.lattestream.spring.internal.LockFreeSupplier;
import com.lattestream.spring.internal.transaction.ReactiveTransactions;
import java.util.Optional;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

/**
 * Broadcasts application events whose classes are annotated. Spring passes an event on to the parents of the context in
 * which it is published, so that, of several listeners in a hierarchy of contexts, only that of the outermost context
 * broadcasts it. Thread-safe.
 */
public final class BroadcastEventListener implements ApplicationListener<ApplicationEvent> {

    private final BroadcastDefinitionRegistry definitions;

    private final Broadcaster broadcaster;

    private final LockFreeSupplier<Boolean> outermost;

    /**
     * Creates a listener.
     * @param definitions the registry of annotated classes
     * @param broadcaster broadcasts the objects
     * @param context the application context of the listener
     */
    public BroadcastEventListener(
            BroadcastDefinitionRegistry definitions, Broadcaster broadcaster, ApplicationContext context) {
        this.definitions = definitions;
        this.broadcaster = broadcaster;
        this.outermost = new LockFreeSupplier<>(() -> outermost(context).isEmpty());
    }

    /** Returns the outermost ancestor that broadcasts the events of a context, or empty if there is none. */
    static Optional<ApplicationContext> outermost(ApplicationContext context) {
        ApplicationContext found = null;
        for (ApplicationContext each = context.getParent(); each != null; each = each.getParent()) {
            if (each.getBeanNamesForType(BroadcastEventListener.class, false, false).length > 0) {
                found = each;
            }
        }
        return Optional.ofNullable(found);
    }

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        Object annotated = event instanceof PayloadApplicationEvent<?> envelope
                        && definitions.find(event.getClass()).isEmpty()
                ? envelope.getPayload()
                : event;
        definitions.find(annotated.getClass()).ifPresent(definition -> {
            if (outermost.get()) {
                // in reactive code, Spring's TransactionalEventPublisher uses the transaction context as the source
                broadcaster.broadcast(definition, annotated, ReactiveTransactions.ofSource(event.getSource()));
            }
        });
    }

    // another thread would not belong to the publisher's transaction and request
    @Override
    public boolean supportsAsyncExecution() {
        return false;
    }
}
