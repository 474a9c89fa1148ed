package com.lattestream.core.internal.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.lattestream.core.internal.http.ServiceRequest;
import com.lattestream.core.internal.wire.EventFormat;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Puts requests with events together. */
final class EventRequests {

    private static final byte[] OPENING = "{\"batch\":[".getBytes(US_ASCII);

    private static final byte[] CLOSING = "]}".getBytes(US_ASCII);

    private EventRequests() {}

    static ServiceRequest of(List<PendingEvent> events) {
        PendingEvent first = events.get(0);
        if (first.entry.format == EventFormat.SINGLE) {
            return new ServiceRequest(EventFormat.SINGLE.operation(), first.event.json(), first.entry.context);
        }
        int length = OPENING.length + CLOSING.length;
        for (PendingEvent event : events) {
            length += event.size() + 1;
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream(length);
        body.writeBytes(OPENING);
        for (PendingEvent event : events) {
            if (event != first) {
                body.write(',');
            }
            body.writeBytes(event.event.json());
        }
        body.writeBytes(CLOSING);
        return new ServiceRequest(EventFormat.BATCH.operation(), body.toByteArray(), first.entry.context);
    }
}
