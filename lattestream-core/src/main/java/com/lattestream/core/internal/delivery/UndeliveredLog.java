package com.lattestream.core.internal.delivery;

import com.lattestream.core.LatteStreamException;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what was not delivered, for those who do not look at the futures: one line for each request, no payload. */
final class UndeliveredLog {

    private static final Logger logger = LoggerFactory.getLogger(UndeliveredLog.class);

    private static final int MAX_CHANNELS = 5;

    private UndeliveredLog() {}

    static void write(List<QueuedEvents> entries, Throwable reason) {
        if (entries.isEmpty()) {
            return;
        }
        long count = entries.stream().mapToLong(entry -> entry.events.size()).sum();
        List<String> channels = entries.stream()
                .flatMap(entry -> entry.events.stream())
                .flatMap(event -> event.channels().stream())
                .distinct()
                .limit(MAX_CHANNELS + 1L)
                .toList();
        String shown = channels.stream().limit(MAX_CHANNELS).collect(Collectors.joining(", "))
                + (channels.size() > MAX_CHANNELS ? ", ..." : "");
        logger.warn("{} event(s) on {} were not delivered: {}", count, shown, says(reason));
    }

    private static String says(Throwable reason) {
        return reason instanceof LatteStreamException ? String.valueOf(reason.getMessage()) : reason.toString();
    }
}
