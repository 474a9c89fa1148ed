package com.lattestream.core;

import com.lattestream.core.internal.validation.Quoted;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Client that logs each event on one line instead of sending it. */
final class LoggingLatteStreamClient extends OfflineLatteStreamClient {

    private static final Logger logger = LoggerFactory.getLogger(LoggingLatteStreamClient.class);

    private static final int MAX_CHANNELS = 5;

    private static final int MAX_DATA = 1000;

    LoggingLatteStreamClient(@Nullable String secret, JsonMapper jsonMapper) {
        super(secret, jsonMapper);
    }

    @Override
    protected void accept(List<Event> events) {
        events.forEach(LoggingLatteStreamClient::log);
    }

    private static void log(Event event) {
        String data = String.valueOf(event.data());
        logger.info(
                "Not sent: event {} on {}, {} characters of data",
                Quoted.of(event.name()),
                channels(event),
                data.length());
        if (logger.isDebugEnabled()) {
            logger.debug("Data of event {}: {}", Quoted.of(event.name()), Quoted.text(data, MAX_DATA));
        }
    }

    private static String channels(Event event) {
        List<String> channels = event.channels();
        String shown = channels.stream().limit(MAX_CHANNELS).collect(Collectors.joining(", "));
        return channels.size() > MAX_CHANNELS ? shown + ", ..." : shown;
    }

    @Override
    protected void terminate(String userId) {
        logger.info("Not sent: close the connections of user {}", Quoted.of(userId));
    }
}
