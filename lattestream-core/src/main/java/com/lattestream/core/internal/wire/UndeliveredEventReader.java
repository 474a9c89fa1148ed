package com.lattestream.core.internal.wire;

import com.lattestream.core.UndeliveredEvent;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Parses encoded events, so that the client need not retain the original as well. */
public final class UndeliveredEventReader {

    // the text was written by the client itself, so its length is not limited
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .build();

    private UndeliveredEventReader() {}

    /**
     * Parses an event.
     * @param event the encoded event, in either format
     * @return the decoded event
     */
    public static UndeliveredEvent read(EncodedEvent event) {
        JsonNode json = JSON.readTree(event.json());
        EventFormat format = json.has(EventFormat.BATCH.nameField()) ? EventFormat.BATCH : EventFormat.SINGLE;
        EventLifetime lifetime = event.lifetime();
        EventLifetime.Conflation conflation = lifetime == null ? null : lifetime.conflation();
        return new UndeliveredEvent(
                event.channels(),
                json.path(format.nameField()).stringValue(),
                json.path("data").stringValue(),
                json.path(format.socketIdField()).stringValue(null),
                lifetime == null ? null : lifetime.expiry(),
                conflation == null ? null : conflation.key());
    }
}
