package com.lattestream.core;

import com.lattestream.core.internal.Callbacks;
import com.lattestream.core.internal.wire.EventEncoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Combines the results of several events, or of the chunks of one event. */
final class TriggerResults {

    private TriggerResults() {}

    /** Returns the combined result of one event that was sent in several chunks. */
    static CompletableFuture<TriggerResult> merged(List<CompletableFuture<TriggerResult>> chunks) {
        return Callbacks.follow(all(chunks), done -> {
            List<String> channels = new ArrayList<>();
            int triggered = 0;
            boolean counted = true;
            boolean superseded = false;
            for (CompletableFuture<TriggerResult> future : chunks) {
                TriggerResult chunk = future.join();
                channels.addAll(chunk.channels());
                triggered += chunk.triggered().orElse(0);
                counted &= chunk.triggered().isPresent();
                superseded |= chunk.superseded();
            }
            return new TriggerResult(channels, counted ? OptionalInt.of(triggered) : OptionalInt.empty(), superseded);
        });
    }

    /** Returns the results of several events, each of which may have been sent in several chunks. */
    static CompletableFuture<List<TriggerResult>> of(
            List<Event> events, List<CompletableFuture<TriggerResult>> chunks) {
        return Callbacks.follow(all(chunks), done -> {
            List<TriggerResult> results = new ArrayList<>(events.size());
            Iterator<CompletableFuture<TriggerResult>> next = chunks.iterator();
            for (Event event : events) {
                boolean superseded = false;
                for (int chunk = 0; chunk < EventEncoder.chunks(event); chunk++) {
                    superseded |= next.next().join().superseded();
                }
                results.add(new TriggerResult(event.channels(), OptionalInt.empty(), superseded));
            }
            return Collections.unmodifiableList(results);
        });
    }

    // completes when all futures are complete, and fails if one of them has failed
    private static CompletableFuture<@Nullable Void> all(List<? extends CompletableFuture<?>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new));
    }
}
