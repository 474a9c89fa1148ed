package com.lattestream.core.internal.delivery;

import com.lattestream.core.LatteStreamException;
import com.lattestream.core.UndeliveredEvent;
import com.lattestream.core.UndeliveredEventHandler;
import com.lattestream.core.internal.logging.LogEvent;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Says what was not delivered, for those who do not look at the futures: no payload, and no flood of lines. */
public final class UndeliveredEventLog implements UndeliveredEventHandler {

    private static final int MAX_CHANNELS = 5;

    private final LogEvent undelivered = new LogEvent(
            LoggerFactory.getLogger(UndeliveredEventLog.class), Level.WARN, "events_undelivered", "events");

    /** Creates one. */
    public UndeliveredEventLog() {}

    @Override
    public void onUndelivered(List<UndeliveredEvent> events, LatteStreamException reason) {
        undelivered.log(
                events.size(),
                () -> events.size() + " event(s) on " + channels(events) + " were not delivered: "
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

    /** Says what has not been said yet. */
    @Override
    public void onClose() {
        undelivered.close();
    }
}
