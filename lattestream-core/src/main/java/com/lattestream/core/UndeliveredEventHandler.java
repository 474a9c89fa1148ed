package com.lattestream.core;

import com.lattestream.core.internal.delivery.LoggingUndeliveredEventHandler;
import java.util.List;

/**
 * Handler for events that were accepted and not delivered, because the service rejected them, because retries, the
 * delivery timeout or the {@linkplain Event#expiringAfter expiry} of an event ended, or because the client was closed. It
 * is called in addition to the futures of the events. Events that were not accepted are not reported, because their call
 * has thrown an exception, and neither are {@linkplain TriggerResult#superseded() superseded} events.
 *
 * <p>The handler is called on the callback executor, after the futures of the same events have completed, possibly by
 * several threads at once. Exceptions that it throws are logged. The default handler logs one line with the number of
 * events, channels and reason, and without data; events of the following ten seconds are counted in the next line.
 */
@FunctionalInterface
public interface UndeliveredEventHandler {

    /**
     * Called with events that failed together, for the same reason.
     * @param events at least one event, in the order in which they were triggered
     * @param reason the reason, with which the futures have failed as well
     */
    void onUndelivered(List<UndeliveredEvent> events, LatteStreamException reason);

    /**
     * Called after the client has been closed; no further events are reported. Handlers that delegate to another
     * handler must also delegate this call. Does nothing by default.
     */
    default void onClose() {}

    /**
     * Creates the default handler. It logs one line with the number of events, channels and reason, and without data;
     * events of the following ten seconds are counted in the next line.
     * @return a new handler, to which other handlers can delegate
     */
    static UndeliveredEventHandler logging() {
        return new LoggingUndeliveredEventHandler();
    }
}
