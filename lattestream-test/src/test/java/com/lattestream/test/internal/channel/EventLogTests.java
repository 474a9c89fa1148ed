package com.lattestream.test.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.Event;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventLogTests {

    private final EventLog<Event> log = new EventLog<>(10_000, event -> String.valueOf(event.data()));

    @Test
    void keepsTheMostRecentTenThousandEvents() {
        IntStream.rangeClosed(1, 10_001).forEach(i -> log.add(Event.of("chat", "event-" + i, "1")));

        List<Event> events = log.snapshot();
        assertThat(events).hasSize(10_000);
        assertThat(events.get(0).name()).isEqualTo("event-2");
        assertThat(events.get(9_999).name()).isEqualTo("event-10001");
    }

    @Test
    void keepsFewerEventsWhenTheyAreLarge() {
        String large = "x".repeat(EventLog.MAX_CHARACTERS / 2);
        log.add(Event.of("chat", "first", large));
        log.add(Event.of("chat", "second", large));
        log.add(Event.of("chat", "third", large + "x"));

        assertThat(log.snapshot()).extracting(Event::name).containsExactly("third");
    }
}
