package com.lattestream.spring.internal.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.Event;
import com.lattestream.core.TransactionBoundary;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import tools.jackson.databind.json.JsonMapper;

/** Expiring and conflated broadcasts while an event publication registry stores them. */
class StoredExpiryTests {

    private final JsonMapper mapper = JsonMapper.builder().build();

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private final InstantSource clock = () -> now;

    private RegisteredBroadcast stored(Event event) {
        RegisteredBroadcast broadcast = RegisteredBroadcast.of("", event, clock);
        return mapper.readValue(mapper.writeValueAsString(broadcast), RegisteredBroadcast.class);
    }

    @Test
    void theTimeInTheRegistryCountsTowardsTheExpiry() {
        RegisteredBroadcast broadcast = stored(Event.of("prices", "price", 1).expiringAfter(Duration.ofSeconds(5)));

        now = now.plusSeconds(2);
        assertThat(broadcast.toEvent(clock))
                .hasValueSatisfying(event -> assertThat(event.expiry()).contains(Duration.ofSeconds(3)));
        now = now.plusSeconds(3);
        assertThat(broadcast.toEvent(clock)).isEmpty();
    }

    @Test
    void theConflationIsStored() {
        Event event = Event.of("prices", "price", 1);

        assertThat(stored(event.conflated()).toEvent(clock).orElseThrow().conflationKey())
                .contains("");
        assertThat(stored(event.conflatedBy("ABC")).toEvent(clock).orElseThrow().conflationKey())
                .contains("ABC");
        assertThat(stored(event).toEvent(clock).orElseThrow().conflationKey()).isEmpty();
    }

    // the registry finds an entry by its text
    @Test
    void anEventWithoutTheseOptionsIsStoredAsByEarlierVersions() {
        String json = mapper.writeValueAsString(stored(Event.of("prices", "price", 1)));

        assertThat(json).doesNotContain("conflationKey").doesNotContain("expiresAt");
    }

    @Test
    void anExpiredBroadcastIsCompletedWithoutBeingSent() {
        OutboxBroadcastOutlet outlet = new OutboxBroadcastOutlet(
                event -> {},
                TransactionBoundary.none(),
                new BroadcastSender(new BroadcastClients(new DefaultListableBeanFactory())),
                clock);
        RegisteredBroadcast broadcast = new RegisteredBroadcast(
                UUID.randomUUID(), List.of("prices"), "price", "1", null, null, null, now.toEpochMilli());

        // there is no client, so sending would fail
        assertThat(outlet.deliver(broadcast)).isCompletedWithValue(null);
    }
}
