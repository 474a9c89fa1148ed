package com.lattestream.core.internal.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.lattestream.core.internal.http.ServiceRequest;
import com.lattestream.core.internal.wire.EncodedEvent;
import com.lattestream.core.internal.wire.EventFormat;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** What goes out as one request, and the lanes it holds until the answer. */
final class Batch {

    private static final byte[] OPENING = "{\"batch\":[".getBytes(US_ASCII);

    private static final byte[] CLOSING = "]}".getBytes(US_ASCII);

    final List<QueuedEvents> content = new ArrayList<>();

    final List<Lane> lanes = new ArrayList<>();

    int size() {
        return content.size();
    }

    ServiceRequest request() {
        if (content.get(0).format == EventFormat.SINGLE) {
            return ServiceRequest.command(
                    EventFormat.SINGLE.path(), content.get(0).events.get(0).json());
        }
        int length = OPENING.length + CLOSING.length;
        for (QueuedEvents queued : content) {
            for (EncodedEvent event : queued.events) {
                length += event.json().length + 1;
            }
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream(length);
        body.writeBytes(OPENING);
        boolean first = true;
        for (QueuedEvents queued : content) {
            for (EncodedEvent event : queued.events) {
                if (!first) {
                    body.write(',');
                }
                body.writeBytes(event.json());
                first = false;
            }
        }
        body.writeBytes(CLOSING);
        return ServiceRequest.command(EventFormat.BATCH.path(), body.toByteArray());
    }
}
