package com.lattestream.core;

import com.lattestream.core.internal.Callbacks;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Operations that validate and encode immediately, and trigger after the caller's transaction has been committed. */
final class AfterCommitOperations implements LatteStreamOperations {

    private final LatteStreamOperations operations;

    private final TransactionBoundary transactions;

    AfterCommitOperations(LatteStreamOperations operations, TransactionBoundary transactions) {
        this.operations = operations;
        this.transactions = transactions;
    }

    @Override
    public CompletableFuture<TriggerResult> trigger(
            @Nullable String channel, @Nullable String event, @Nullable Object data) {
        return trigger(Event.of(channel, event, data));
    }

    @Override
    public CompletableFuture<TriggerResult> trigger(
            @Nullable Collection<String> channels, @Nullable String event, @Nullable Object data) {
        return trigger(Event.of(channels, event, data));
    }

    @Override
    public CompletableFuture<TriggerResult> trigger(@Nullable Event event) {
        Event encoded = operations.encode(event);
        return afterCommit("Nothing was triggered", () -> operations.trigger(encoded));
    }

    @Override
    public CompletableFuture<TriggerResult> tryTrigger(@Nullable Event event) {
        Event encoded = operations.encode(event);
        return afterCommit("Nothing was triggered", () -> operations.tryTrigger(encoded));
    }

    @Override
    public CompletableFuture<List<TriggerResult>> triggerBatch(@Nullable Collection<Event> events) {
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
                () -> result.completeExceptionally(new LatteStreamRolledBackException(
                        nothingDone + ", as the transaction was not committed: it was rolled back, entirely or to a"
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
    public Event encode(@Nullable Event event) {
        return operations.encode(event);
    }

    @Override
    public ChannelAuthorization authorizeChannel(@Nullable String socketId, @Nullable String channel) {
        return operations.authorizeChannel(socketId, channel);
    }

    @Override
    public ChannelAuthorization authorizeChannel(
            @Nullable String socketId, @Nullable String channel, @Nullable PresenceMember member) {
        return operations.authorizeChannel(socketId, channel, member);
    }

    @Override
    public ChannelInfo getChannelInfo(@Nullable String channel, ChannelAttribute... attributes) {
        return operations.getChannelInfo(channel, attributes);
    }

    @Override
    public Map<String, ChannelInfo> getChannels(@Nullable String prefix, ChannelAttribute... attributes) {
        return operations.getChannels(prefix, attributes);
    }

    @Override
    public List<PresenceUser> getUsers(@Nullable String channel) {
        return operations.getUsers(channel);
    }

    @Override
    public void terminateUserConnections(@Nullable String userId) {
        operations.terminateUserConnections(userId);
    }

    @Override
    public ClientToken createClientToken(@Nullable ClientTokenRequest request) {
        return operations.createClientToken(request);
    }

    @Override
    public boolean verifyWebhookSignature(byte @Nullable [] body, @Nullable String signature) {
        return operations.verifyWebhookSignature(body, signature);
    }

    @Override
    public String generateWebhookSignature(byte[] body) {
        return operations.generateWebhookSignature(body);
    }
}
