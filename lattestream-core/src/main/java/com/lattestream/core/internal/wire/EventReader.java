package com.lattestream.core.internal.wire;

import com.lattestream.core.UndeliveredEvent;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads events back from what was to be sent, so that they need not be kept twice. */
public final class EventReader {

    // the text is this program's own, however long
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .build();

    private EventReader() {}

    /**
     * Reads an event.
     * @param event the event as it travels, in either format
     * @return what it says
     */
    public static UndeliveredEvent read(EncodedEvent event) {
        JsonNode json = JSON.readTree(event.json());
        EventFormat format = json.has(EventFormat.BATCH.nameField()) ? EventFormat.BATCH : EventFormat.SINGLE;
        return new UndeliveredEvent(
                event.channels(),
                json.path(format.nameField()).stringValue(),
                json.path("data").stringValue(),
                json.path(format.socketIdField()).stringValue(null));
    }
}
