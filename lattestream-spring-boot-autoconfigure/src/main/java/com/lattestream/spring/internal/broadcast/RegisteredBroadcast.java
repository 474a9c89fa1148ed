package com.lattestream.spring.internal.broadcast;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.lattestream.core.Event;
import java.util.List;
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
        Event created = Event.of(channels, event, new RawValue(data));
        return excludedSocketId == null ? created : created.excludingSocket(excludedSocketId);
    }

    /** Returns the channels and the name; not the data, which may be confidential. */
    @Override
    public String toString() {
        return "RegisteredBroadcast[id=" + id + ", channels=" + channels + ", event=" + event + "]";
    }
}
