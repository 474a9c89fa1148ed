package com.lattestream.core;

import com.lattestream.core.internal.delivery.LoggingUndeliveredEventHandler;
import java.util.List;

/**
 * Is told of every event that was taken and not delivered, whether or not anybody looks at its future: because the
 * service refused it, because retries or the delivery timeout ended, or because the client was closed. Events that were
 * not taken are not among them: there the call itself has thrown.
 *
 * <p>It runs where the futures complete, after those of the same events, and may be called by several threads at once.
 * What it throws is logged. By default, there is one line in the log, with count, channels and reason, and no data; what
 * comes within the ten seconds after it is counted in the next.
 */
@FunctionalInterface
public interface UndeliveredEventHandler {

    /**
     * Takes note of events that failed together, for one reason.
     * @param events at least one event, in the order in which they were triggered
     * @param reason why; the futures have failed with the same
     */
    void onUndelivered(List<UndeliveredEvent> events, LatteStreamException reason);

    /**
     * Takes note that the client is closed, and that nothing comes any more. Who hands on to another handler hands this on
     * as well. Does nothing by default.
     */
    default void onClose() {}

    /**
     * Makes the default: one line in the log, with count, channels and reason, and no data; what comes within the ten
     * seconds after it is counted in the next.
     * @return a new handler, for others to add to
     */
    static UndeliveredEventHandler logging() {
        return new LoggingUndeliveredEventHandler();
    }
}
