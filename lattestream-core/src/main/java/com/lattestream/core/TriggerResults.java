package com.lattestream.core;

import com.lattestream.core.internal.Callbacks;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Puts the results of several events, or of the parts of one, together. */
final class TriggerResults {

    private TriggerResults() {}

    /** One event that went out in parts. */
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

    /** Several events that went out together, each of them perhaps in parts. */
    static CompletableFuture<List<TriggerResult>> of(List<Event> events, List<CompletableFuture<TriggerResult>> parts) {
        return Callbacks.follow(
                all(parts),
                done -> events.stream()
                        .map(event -> new TriggerResult(event.channels(), OptionalInt.empty()))
                        .toList());
    }

    // completes when all have their answer; fails then if one of them has failed
    private static CompletableFuture<@Nullable Void> all(List<? extends CompletableFuture<?>> answers) {
        return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new));
    }
}
