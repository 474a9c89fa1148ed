package com.lattestream.core.internal.delivery;

import com.lattestream.core.internal.http.ServiceResponse;
import com.lattestream.core.internal.wire.EncodedEvent;
import com.lattestream.core.internal.wire.EventFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Events that go into one request together, and the answer to them. */
final class QueuedEvents {

    final List<EncodedEvent> events;

    final EventFormat format;

    /** Whether nothing else goes into the same request. */
    final boolean alone;

    final CompletableFuture<ServiceResponse> answer = new CompletableFuture<>();

    /** One for each channel, and one more where several of these belong to one call. Set when queued. */
    List<Lane> lanes = List.of();

    /** Counts up with every entry of the queue. Set when queued. */
    long number;

    QueuedEvents(List<EncodedEvent> events, EventFormat format, boolean alone) {
        this.events = events;
        this.format = format;
        this.alone = alone;
    }
}
