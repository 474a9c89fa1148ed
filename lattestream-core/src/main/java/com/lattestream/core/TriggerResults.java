package com.lattestream.core;

import com.lattestream.core.internal.Callbacks;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Combines the results of several events, or of the chunks of one event. */
final class TriggerResults {

    private TriggerResults() {}

    /** Returns the combined result of one event that was sent in several chunks. */
    static CompletableFuture<TriggerResult> merged(List<CompletableFuture<TriggerResult>> parts) {
        return Callbacks.follow(all(parts), done -> {
            List<String> channels = new ArrayList<>();
            int triggered = 0;
            boolean told = true;
            for (CompletableFuture<TriggerResult> answered : parts) {
                TriggerResult part = answered.join();
                channels.addAll(part.channels());
                triggered += part.triggered().orElse(0);
                told &= part.triggered().isPresent();
            }
            return new TriggerResult(channels, told ? OptionalInt.of(triggered) : OptionalInt.empty());
        });
    }

    /** Returns the results of several events, each of which may have been sent in several chunks. */
    static CompletableFuture<List<TriggerResult>> of(List<Event> events, List<CompletableFuture<TriggerResult>> parts) {
        return Callbacks.follow(
                all(parts),
                done -> events.stream()
                        .map(event -> new TriggerResult(event.channels(), OptionalInt.empty()))
                        .toList());
    }

    // completes when all futures are complete, and fails if one of them has failed
    private static CompletableFuture<@Nullable Void> all(List<? extends CompletableFuture<?>> answers) {
        return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new));
    }
}
