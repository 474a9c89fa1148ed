package com.lattestream.core;

import com.lattestream.core.internal.Callbacks;
import com.lattestream.core.internal.http.ServiceResponse;
import com.lattestream.core.internal.wire.EncodedEvent;
import com.lattestream.core.internal.wire.Replies;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Puts the answers to several requests of one call together. */
final class TriggerResults {

    private TriggerResults() {}

    /** One event that went out whole. */
    static CompletableFuture<TriggerResult> of(Event event, CompletableFuture<ServiceResponse> answer) {
        return Callbacks.follow(answer, response -> Replies.trigger(event.channels(), response.body()));
    }

    /** One event that went out in parts. */
    static CompletableFuture<TriggerResult> merged(
            List<EncodedEvent> parts, List<CompletableFuture<ServiceResponse>> answers) {
        return Callbacks.follow(all(answers), done -> {
            List<String> channels = new ArrayList<>();
            int triggered = 0;
            boolean told = true;
            for (int i = 0; i < parts.size(); i++) {
                TriggerResult part = Replies.trigger(
                        parts.get(i).channels(), answers.get(i).join().body());
                channels.addAll(part.channels());
                triggered += part.triggered().orElse(0);
                told &= part.triggered().isPresent();
            }
            return new TriggerResult(channels, told ? OptionalInt.of(triggered) : OptionalInt.empty());
        });
    }

    /** Several events that went out together. */
    static CompletableFuture<List<TriggerResult>> of(
            List<Event> events, List<CompletableFuture<ServiceResponse>> answers) {
        return Callbacks.follow(
                all(answers),
                done -> events.stream()
                        .map(event -> new TriggerResult(event.channels(), OptionalInt.empty()))
                        .toList());
    }

    // completes when all have their answer; fails then if one of them has failed
    private static CompletableFuture<@Nullable Void> all(List<? extends CompletableFuture<?>> answers) {
        return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new));
    }
}
