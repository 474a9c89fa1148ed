package com.lattestream.core.internal.delivery;

import com.lattestream.core.LatteStreamException;
import com.lattestream.core.UndeliveredEvent;
import com.lattestream.core.UndeliveredEventHandler;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what was not delivered, for those who do not look at the futures: one line, no payload. */
public final class UndeliveredEventLog implements UndeliveredEventHandler {

    /** The only one. */
    public static final UndeliveredEventLog INSTANCE = new UndeliveredEventLog();

    private static final Logger logger = LoggerFactory.getLogger(UndeliveredEventLog.class);

    private static final int MAX_CHANNELS = 5;

    private UndeliveredEventLog() {}

    @Override
    public void onUndelivered(List<UndeliveredEvent> events, LatteStreamException reason) {
        List<String> channels = events.stream()
                .flatMap(event -> event.channels().stream())
                .distinct()
                .limit(MAX_CHANNELS + 1L)
                .toList();
        String shown = channels.stream().limit(MAX_CHANNELS).collect(Collectors.joining(", "))
                + (channels.size() > MAX_CHANNELS ? ", ..." : "");
        logger.warn("{} event(s) on {} were not delivered: {}", events.size(), shown, reason.getMessage());
    }
}
