package com.lattestream.spring.internal.broadcast;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.lattestream.core.Event;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/**
 * A broadcast as the event publication registry keeps it, from its publication to its delivery: its name and fields are
 * in the database of running applications.
 *
 * @param id makes two broadcasts different that are the same otherwise, as the registry tells them apart by their text
 * @param channels where it goes
 * @param event what it is called
 * @param data what subscribers get, as JSON text
 * @param excludedSocketId which connection does not get it; null if all do
 * @param client the name of the client's bean; null for the default client. Not written if it is null, because the
 * registry finds an entry by its text, and entries of earlier versions do not have it
 */
public record RegisteredBroadcast(
        UUID id,
        List<String> channels,
        String event,
        String data,
        @Nullable String excludedSocketId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String client) {

    static RegisteredBroadcast of(String client, Event event) {
        Object json = event.data() instanceof RawValue raw ? raw.rawValue() : event.data();
        return new RegisteredBroadcast(
                UUID.randomUUID(),
                event.channels(),
                event.name(),
                String.valueOf(json),
                event.excludedSocketId().orElse(null),
                client.isEmpty() ? null : client);
    }

    Event toEvent() {
        Event made = Event.of(channels, event, new RawValue(data));
        return excludedSocketId == null ? made : made.excludingSocket(excludedSocketId);
    }

    /** Returns the channels and the name; not the data, which may be confidential. */
    @Override
    public String toString() {
        return "RegisteredBroadcast[id=" + id + ", channels=" + channels + ", event=" + event + "]";
    }
}
