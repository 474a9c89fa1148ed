package com.lattestream.core.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.lattestream.core.support.ManualScheduler;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class InterruptionLogTests {

    private final Logger logger = (Logger) LoggerFactory.getLogger(InterruptionLog.class);

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    private final ManualScheduler time = new ManualScheduler();

    private final InterruptionLog log = new InterruptionLog("test", "for two minutes", () -> 3, time::nanoTime);

    @BeforeEach
    void collectLines() {
        time.advance(Duration.ofDays(1));
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void detach() {
        logger.setLevel(null);
        logger.detachAppender(lines);
    }

    private List<String> messages() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private void retrying() {
        log.retrying(new IllegalStateException("connection refused"), Duration.ofMillis(1500));
    }

    @Test
    void aResponseWithoutAnInterruptionIsNotLogged() {
        assertThat(log.responded()).isFalse();

        assertThat(messages()).isEmpty();
    }

    @Test
    void anInterruptionAndItsEndAreLogged() {
        retrying();
        time.advance(Duration.ofSeconds(7));
        log.responded();

        assertThat(messages())
                .containsExactly(
                        "[delivery_interrupted] Client 'test' could not deliver events: connection refused. Next attempt in"
                                + " 1500 ms. Events are retried for two minutes; 3 event(s) wait",
                        "[delivery_resumed] Client 'test' receives responses to events again, after an interruption of 7 s;"
                                + " 3 event(s) wait");
    }

    @Test
    void anInterruptionOfFiveSecondsIsAnOutage() {
        retrying();
        time.advance(Duration.ofSeconds(5));

        assertThat(log.responded()).isTrue();
        assertThat(log.responded()).as("it has ended").isFalse();
    }

    @Test
    void aShorterInterruptionIsNoOutage() {
        retrying();
        time.advance(Duration.ofMillis(4999));

        assertThat(log.responded()).isFalse();
    }

    @Test
    void anInterruptionBeginsWithItsFirstFailure() {
        retrying();
        time.advance(Duration.ofSeconds(3));
        retrying();
        time.advance(Duration.ofSeconds(2));

        assertThat(log.responded()).isTrue();
    }

    @Test
    void afterALongInterruptionTheNumberOfFailuresIsLoggedBeforeItsEnd() {
        retrying();
        retrying();
        retrying();
        time.advance(Duration.ofSeconds(10));
        log.responded();

        assertThat(messages()).hasSize(3);
        assertThat(messages().get(1)).contains("Further failed requests within 10 s: 2");
        assertThat(messages().get(2)).contains("[delivery_resumed]");
    }

    @Test
    void closingLogsTheNumbersThatWereHeldBackAndNoFurtherLines() {
        for (int i = 0; i < 2; i++) {
            retrying();
            log.responded();
        }

        log.close();
        retrying();

        assertThat(messages()).hasSize(4);
        assertThat(messages().subList(2, 4))
                .containsExactly(
                        "[delivery_interrupted] Further failed requests within 10 s: 1",
                        "[delivery_resumed] Further interruptions within 10 s: 1");
    }
}
