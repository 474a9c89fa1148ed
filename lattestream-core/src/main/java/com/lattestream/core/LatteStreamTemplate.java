package com.lattestream.core;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** {@link LatteStreamOperations} on a {@link LatteStreamClient}: what applications inject. Thread-safe. */
public class LatteStreamTemplate implements LatteStreamOperations {

    private final LatteStreamClient client;

    /**
     * Creates a template.
     * @param client what carries its calls out; the template does not close it
     */
    public LatteStreamTemplate(LatteStreamClient client) {
        this.client = Objects.requireNonNull(client, "client");
    }

    @Override
    public CompletableFuture<TriggerResult> trigger(
            @Nullable String channel, @Nullable String event, @Nullable Object data) {
        return client.trigger(channel, event, data);
    }

    @Override
    public CompletableFuture<TriggerResult> trigger(
            @Nullable Collection<String> channels, @Nullable String event, @Nullable Object data) {
        return client.trigger(channels, event, data);
    }

    @Override
    public CompletableFuture<TriggerResult> trigger(@Nullable Event event) {
        return client.trigger(event);
    }

    @Override
    public CompletableFuture<List<TriggerResult>> triggerBatch(@Nullable Collection<Event> events) {
        return client.triggerBatch(events);
    }

    @Override
    public CompletableFuture<@Nullable Void> flushBatch() {
        return client.flushBatch();
    }

    @Override
    public ChannelAuthorization authorizeChannel(@Nullable String socketId, @Nullable String channel) {
        return await(client.authorizeChannel(socketId, channel));
    }

    @Override
    public ChannelAuthorization authorizeChannel(
            @Nullable String socketId, @Nullable String channel, @Nullable PresenceMember member) {
        return await(client.authorizeChannel(socketId, channel, member));
    }

    @Override
    public ChannelInfo getChannelInfo(@Nullable String channel, ChannelAttribute... attributes) {
        return await(client.getChannelInfo(channel, attributes));
    }

    @Override
    public Map<String, ChannelInfo> getChannels(@Nullable String prefix, ChannelAttribute... attributes) {
        return await(client.getChannels(prefix, attributes));
    }

    @Override
    public List<PresenceUser> getUsers(@Nullable String channel) {
        return await(client.getUsers(channel));
    }

    @Override
    public void terminateUserConnections(@Nullable String userId) {
        await(client.terminateUserConnections(userId));
    }

    @Override
    public ClientToken createClientToken(@Nullable ClientTokenRequest request) {
        return await(client.createClientToken(request));
    }

    @Override
    public boolean verifyWebhookSignature(byte @Nullable [] body, @Nullable String signature) {
        return client.verifyWebhookSignature(body, signature);
    }

    @Override
    public String generateWebhookSignature(byte[] body) {
        return client.generateWebhookSignature(body);
    }

    private static <T extends @Nullable Object> T await(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException ex) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new LatteStreamException("Interrupted while waiting for LatteStream", ex);
        } catch (ExecutionException ex) {
            Throwable cause = ex.getCause();
            if (cause instanceof RuntimeException failure) {
                throw failure;
            }
            throw new LatteStreamException("The call to LatteStream failed: " + cause, cause);
        }
    }
}
