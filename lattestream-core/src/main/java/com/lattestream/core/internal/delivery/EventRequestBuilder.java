package com.lattestream.core.internal.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.lattestream.core.internal.http.ServiceRequest;
import com.lattestream.core.internal.wire.EventFormat;
import java.util.List;

/** Builds requests from encoded events. */
final class EventRequestBuilder {

    private static final byte[] PREFIX = "{\"batch\":[".getBytes(US_ASCII);

    private static final byte[] SUFFIX = "]}".getBytes(US_ASCII);

    private EventRequestBuilder() {}

    static ServiceRequest build(List<PendingEvent> events) {
        PendingEvent first = events.get(0);
        if (first.entry.format == EventFormat.SINGLE) {
            return new ServiceRequest(EventFormat.SINGLE.operation(), first.json, first.entry.context);
        }
        // every event but the last is followed by a comma
        int length = PREFIX.length + events.size() - 1 + SUFFIX.length;
        for (PendingEvent event : events) {
            length += event.size();
        }
        byte[] body = new byte[length];
        int at = put(PREFIX, body, 0);
        for (PendingEvent event : events) {
            if (event != first) {
                body[at++] = ',';
            }
            at = put(event.json, body, at);
        }
        put(SUFFIX, body, at);
        return new ServiceRequest(EventFormat.BATCH.operation(), body, first.entry.context);
    }

    private static int put(byte[] from, byte[] to, int at) {
        System.arraycopy(from, 0, to, at, from.length);
        return at + from.length;
    }
}
