package com.lattestream.core.internal.delivery;

import com.lattestream.core.LatteStreamAuthenticationException;
import com.lattestream.core.LatteStreamException;
import com.lattestream.core.UndeliveredEvent;
import com.lattestream.core.UndeliveredEventHandler;
import com.lattestream.core.internal.logging.RateLimitedLogger;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes the events that were not delivered to the log, without their data. Events that failed because the secret was
 * refused are part of the line that reports the refusal.
 */
public final class LoggingUndeliveredEventHandler implements UndeliveredEventHandler {

    private static final int MAX_CHANNELS = 5;

    private final RateLimitedLogger undelivered = new RateLimitedLogger(
            LoggerFactory.getLogger(LoggingUndeliveredEventHandler.class), Level.WARN, "events_undelivered", "events");

    /** Creates a handler. */
    public LoggingUndeliveredEventHandler() {}

    @Override
    public void onUndelivered(List<UndeliveredEvent> events, LatteStreamException reason) {
        if (reason instanceof LatteStreamAuthenticationException) {
            return;
        }
        undelivered.log(
                events.size(),
                () -> events.size() + " event(s) on " + channels(events) + " were not delivered and are lost: "
                        + reason.getMessage());
    }

    private static String channels(List<UndeliveredEvent> events) {
        List<String> channels = events.stream()
                .flatMap(event -> event.channels().stream())
                .distinct()
                .limit(MAX_CHANNELS + 1L)
                .toList();
        return channels.stream().limit(MAX_CHANNELS).collect(Collectors.joining(", "))
                + (channels.size() > MAX_CHANNELS ? ", ..." : "");
    }

    /** Logs the number of suppressed events. */
    @Override
    public void onClose() {
        undelivered.close();
    }
}
