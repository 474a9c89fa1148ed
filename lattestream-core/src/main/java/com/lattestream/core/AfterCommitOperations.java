package com.lattestream.core;

import com.lattestream.core.internal.Callbacks;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Operations that validate and encode immediately, and trigger after the caller's transaction has been committed. */
final class AfterCommitOperations implements TriggerOperations {

    private final TriggerOperations operations;

    private final TransactionBoundary transactions;

    AfterCommitOperations(TriggerOperations operations, TransactionBoundary transactions) {
        this.operations = operations;
        this.transactions = transactions;
    }

    @Override
    public CompletableFuture<TriggerResult> trigger(String channel, String event, @Nullable Object data) {
        return trigger(Event.of(channel, event, data));
    }

    @Override
    public CompletableFuture<TriggerResult> trigger(Collection<String> channels, String event, @Nullable Object data) {
        return trigger(Event.of(channels, event, data));
    }

    @Override
    public CompletableFuture<TriggerResult> trigger(Event event) {
        Event encoded = operations.encode(event);
        return afterCommit("Nothing was triggered", () -> operations.trigger(encoded));
    }

    @Override
    public CompletableFuture<TriggerResult> tryTrigger(Event event) {
        Event encoded = operations.encode(event);
        return afterCommit("Nothing was triggered", () -> operations.tryTrigger(encoded));
    }

    @Override
    public CompletableFuture<List<TriggerResult>> triggerBatch(Collection<Event> events) {
        List<Event> encoded =
                Arguments.requireEvents(events).stream().map(operations::encode).toList();
        return afterCommit("Nothing was triggered", () -> operations.triggerBatch(encoded));
    }

    @Override
    public CompletableFuture<@Nullable Void> flushBatch() {
        return afterCommit("There was nothing to send", operations::flushBatch);
    }

    private <T extends @Nullable Object> CompletableFuture<T> afterCommit(
            String nothingDone, Supplier<CompletableFuture<T>> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        transactions.afterCompletion(
                () -> follow(call, result),
                () -> result.completeExceptionally(new LatteStreamRolledBackException(nothingDone
                        + ", because the transaction was not committed: it was rolled back, entirely or to a"
                        + " savepoint, or its outcome is unknown")));
        return result;
    }

    // the transaction is already committed: failures are reported through the future
    private static <T extends @Nullable Object> void follow(
            Supplier<CompletableFuture<T>> call, CompletableFuture<T> result) {
        try {
            call.get().whenComplete((done, failure) -> Callbacks.complete(result, done, failure));
        } catch (RuntimeException ex) {
            result.completeExceptionally(ex);
        }
    }

    @Override
    public Event encode(Event event) {
        return operations.encode(event);
    }
}
