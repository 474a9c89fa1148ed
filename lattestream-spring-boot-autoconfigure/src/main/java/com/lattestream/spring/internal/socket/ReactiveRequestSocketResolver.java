package com.lattestream.spring.internal.socket;

import com.lattestream.core.internal.logging.RateLimitedLogger;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The requests of WebFlux applications. They are bound to a thread only while Micrometer's context propagation restores
 * the values of the Reactor context.
 */
public final class ReactiveRequestSocketResolver implements RequestSocketResolver {

    private static final Logger logger = LoggerFactory.getLogger(ReactiveRequestSocketResolver.class);

    private final AtomicBoolean reported = new AtomicBoolean();

    /** Creates an instance. */
    public ReactiveRequestSocketResolver() {}

    @Override
    public @Nullable RequestSocket current() {
        return RequestSocketHolder.current();
    }

    @Override
    public void reportUndetermined(String location) {
        if (reported.compareAndSet(false, true)) {
            RateLimitedLogger.once(
                    logger,
                    Level.WARN,
                    "broadcast_request_undetermined",
                    "The @Broadcast of " + location
                            + " has toOthers = true, and no HTTP request could be determined on the"
                            + " thread '" + Thread.currentThread().getName()
                            + "': the event is sent to all subscribers, the sender of a request included. If a request"
                            + " causes the event, return it as a Mono or Flux from a method with @Broadcast, or set"
                            + " spring.reactor.context-propagation=auto with io.micrometer:context-propagation on the"
                            + " classpath. This is logged once");
        }
    }
}
