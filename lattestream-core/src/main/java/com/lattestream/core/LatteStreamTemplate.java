package com.lattestream.core;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Implementation of {@link LatteStreamOperations} on a {@link LatteStreamClient}, to be injected into applications.
 * Thread-safe.
 */
public class LatteStreamTemplate implements LatteStreamOperations {

    private final LatteStreamClient client;

    private final @Nullable TransactionBoundary transactions;

    /**
     * Creates a template without support for transactions.
     * @param client the client that executes the calls; the template does not close it
     */
    public LatteStreamTemplate(LatteStreamClient client) {
        this.client = Objects.requireNonNull(client, "client");
        this.transactions = null;
    }

    /**
     * Creates a template.
     * @param client the client that executes the calls; the template does not close it
     * @param transactions the boundary of the transactions that {@link #afterCommit()} waits for
     */
    public LatteStreamTemplate(LatteStreamClient client, TransactionBoundary transactions) {
        this.client = Objects.requireNonNull(client, "client");
        this.transactions = Objects.requireNonNull(transactions, "transactions");
    }

    /**
     * Returns operations that wait for the transaction of their caller. They validate and encode their arguments
     * immediately, and continue after the transaction has been committed. Outside a transaction, they behave like those
     * of this template.
     *
     * <p>The returned futures complete after the commit at the earliest: waiting for one inside the transaction
     * never ends. If the transaction is not committed, no event is triggered, and the futures fail with a
     * {@link LatteStreamRolledBackException}. If the queue is full after the commit, the future fails as well, because
     * the call has already returned.
     * @return the operations; thread-safe and reusable, because each call uses its own transaction
     * @throws IllegalStateException if this template was created without support for transactions
     */
    public TriggerOperations afterCommit() {
        if (transactions == null) {
            throw new IllegalStateException("This template was created without a TransactionBoundary: create it with"
                    + " new LatteStreamTemplate(client, transactionBoundary), or inject the auto-configured template");
        }
        return new AfterCommitOperations(this, transactions);
    }

    @Override
    public CompletableFuture<TriggerResult> trigger(String channel, String event, @Nullable Object data) {
        return client.trigger(channel, event, data);
    }

    @Override
    public CompletableFuture<TriggerResult> trigger(Collection<String> channels, String event, @Nullable Object data) {
        return client.trigger(channels, event, data);
    }

    @Override
    public CompletableFuture<TriggerResult> trigger(Event event) {
        return client.trigger(event);
    }

    @Override
    public CompletableFuture<TriggerResult> tryTrigger(Event event) {
        return client.tryTrigger(event);
    }

    @Override
    public Event encode(Event event) {
        return client.encode(event);
    }

    @Override
    public CompletableFuture<List<TriggerResult>> triggerBatch(Collection<Event> events) {
        return client.triggerBatch(events);
    }

    @Override
    public CompletableFuture<@Nullable Void> flushBatch() {
        return client.flushBatch();
    }

    @Override
    public ChannelAuthorization authorizeChannel(String socketId, String channel) {
        return await(client.authorizeChannel(socketId, channel));
    }

    @Override
    public ChannelAuthorization authorizeChannel(String socketId, String channel, PresenceMember member) {
        return await(client.authorizeChannel(socketId, channel, member));
    }

    @Override
    public ChannelInfo getChannelInfo(String channel, ChannelAttribute... attributes) {
        return await(client.getChannelInfo(channel, attributes));
    }

    @Override
    public Map<String, ChannelInfo> getChannels(@Nullable String prefix, ChannelAttribute... attributes) {
        return await(client.getChannels(prefix, attributes));
    }

    @Override
    public List<PresenceUser> getUsers(String channel) {
        return await(client.getUsers(channel));
    }

    @Override
    public void terminateUserConnections(String userId) {
        await(client.terminateUserConnections(userId));
    }

    @Override
    public ClientToken createClientToken(ClientTokenRequest request) {
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
