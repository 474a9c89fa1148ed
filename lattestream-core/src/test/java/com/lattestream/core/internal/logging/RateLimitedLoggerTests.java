package com.lattestream.core.internal.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class RateLimitedLoggerTests {

    private final Logger logger = (Logger) LoggerFactory.getLogger(RateLimitedLoggerTests.class);

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    private final Deque<Runnable> intervals = new ArrayDeque<>();

    private final RateLimitedLogger event =
            new RateLimitedLogger(logger, Level.WARN, "queue_full", "events", intervals::add);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
    }

    @Test
    void theFirstEventIsLoggedImmediately() {
        event.log(1, () -> "no room");

        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).isEqualTo("[queue_full] no room");
            assertThat(line.getKeyValuePairs()).extracting(Object::toString).containsExactly("event=\"queue_full\"");
        });
    }

    @Test
    void furtherEventsWithinTheIntervalAreCountedAndLoggedAtItsEnd() {
        event.log(1, () -> "no room");
        event.log(2, () -> "no room");
        event.log(3, () -> "no room");
        assertThat(lines.list).hasSize(1);

        endInterval();

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("[queue_full] no room", "[queue_full] Further events within 10 s: 5");
    }

    @Test
    void aFloodIsOneLineAnInterval() {
        for (int interval = 0; interval < 5; interval++) {
            for (int i = 0; i < 1000; i++) {
                event.log(1, () -> "no room");
            }
            endInterval();
        }

        assertThat(lines.list).hasSize(6);
    }

    @Test
    void afterAQuietIntervalTheNextEventIsLoggedImmediately() {
        event.log(1, () -> "no room");
        endInterval();
        assertThat(intervals).isEmpty();

        event.log(1, () -> "again");

        assertThat(lines.list).hasSize(2).last().hasToString("[WARN] [queue_full] again");
    }

    @Test
    void aFlushLogsCountedEventsOnce() {
        event.log(1, () -> "no room");
        event.log(7, () -> "no room");

        event.flush();
        event.flush();
        endInterval();

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("[queue_full] no room", "[queue_full] Further events within 10 s: 7");
    }

    @Test
    void aLineThatCannotBeCreatedDoesNotSuppressLaterLines() {
        event.log(1, () -> {
            throw new IllegalStateException("a name that cannot be told");
        });
        endInterval();
        event.log(1, () -> "no room");

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "[queue_full] The text of this line could not be created: java.lang.IllegalStateException",
                        "[queue_full] no room");
    }

    @Test
    void eventsOfADisabledLevelAreNotCounted() {
        RateLimitedLogger quiet = new RateLimitedLogger(logger, Level.TRACE, "detail", "events", intervals::add);

        quiet.log(1, () -> {
            throw new IllegalStateException("nobody wants to know");
        });

        assertThat(lines.list).isEmpty();
        assertThat(intervals).isEmpty();
    }

    private void endInterval() {
        intervals.remove().run();
    }
}
