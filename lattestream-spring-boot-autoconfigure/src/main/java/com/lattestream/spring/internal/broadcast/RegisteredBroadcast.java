package com.lattestream.spring.internal.broadcast;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.lattestream.core.Event;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/**
 * A broadcast as stored in the event publication registry from its publication to its delivery. The name and fields of
 * this class must not change, because they are in the databases of running applications.
 *
 * @param id a unique id, because the registry identifies broadcasts by their serialized text
 * @param channels the channels of the event
 * @param event the name of the event
 * @param data the data as JSON text
 * @param excludedSocketId the connection that does not receive the event; null for none
 * @param client the name of the client's bean; null for the default client. Not written if it is null, because the
 * registry finds an entry by its text, and entries of earlier versions do not have it
 * @param conflationKey the key by which the event is conflated; null if it is not. Not written if it is null
 * @param expiresAt the time in milliseconds since the epoch at which the event expires; null if only the delivery
 * timeout applies. Not written if it is null. A time and not a duration, because the registry may pass the event to the
 * listener long after its publication
 */
public record RegisteredBroadcast(
        UUID id,
        List<String> channels,
        String event,
        String data,
        @Nullable String excludedSocketId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String client,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String conflationKey,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long expiresAt) {

    static RegisteredBroadcast of(String client, Event event, InstantSource clock) {
        Object json = event.data() instanceof RawValue raw ? raw.rawValue() : event.data();
        return new RegisteredBroadcast(
                UUID.randomUUID(),
                event.channels(),
                event.name(),
                String.valueOf(json),
                event.excludedSocketId().orElse(null),
                client.isEmpty() ? null : client,
                event.conflationKey().orElse(null),
                event.expiry().map(expiry -> clock.millis() + expiry.toMillis()).orElse(null));
    }

    /**
     * Returns the event.
     * @param clock the current time
     * @return the event, with the remaining time until it expires; empty if it has expired
     */
    Optional<Event> toEvent(InstantSource clock) {
        Event created = Event.of(channels, event, new RawValue(data));
        if (excludedSocketId != null) {
            created = created.excludingSocket(excludedSocketId);
        }
        if (conflationKey != null) {
            created = conflationKey.isEmpty() ? created.conflated() : created.conflatedBy(conflationKey);
        }
        if (expiresAt == null) {
            return Optional.of(created);
        }
        long left = expiresAt - clock.millis();
        return left <= 0 ? Optional.empty() : Optional.of(created.expiringAfter(Duration.ofMillis(left)));
    }

    /** Returns the channels and the name; not the data, which may be confidential. */
    @Override
    public String toString() {
        return "RegisteredBroadcast[id=" + id + ", channels=" + channels + ", event=" + event + "]";
    }
}
