package com.lattestream.core;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What applications do with LatteStream. Triggering answers a future, as it need not hold up the caller; everything
 * else waits for the service and answers, or throws a {@link LatteStreamException}. Bad arguments are
 * {@link IllegalArgumentException}s. Thread-safe.
 */
public interface LatteStreamOperations {

    /**
     * Triggers an event on one channel.
     * @param channel the channel
     * @param event the event's name
     * @param data what subscribers get: anything that can be written as JSON
     * @return completes when the service has accepted the event
     * @throws LatteStreamQueueFullException if the queue is full and stays so; nothing is taken
     * @see LatteStreamClient#trigger(String, String, Object)
     */
    CompletableFuture<TriggerResult> trigger(@Nullable String channel, @Nullable String event, @Nullable Object data);

    /**
     * Triggers an event on several channels.
     * @param channels at least one channel
     * @param event the event's name
     * @param data what subscribers get: anything that can be written as JSON
     * @return completes when the service has accepted the event for all channels
     * @throws LatteStreamQueueFullException if the queue is full and stays so; nothing is taken
     * @see LatteStreamClient#trigger(Collection, String, Object)
     */
    CompletableFuture<TriggerResult> trigger(
            @Nullable Collection<String> channels, @Nullable String event, @Nullable Object data);

    /**
     * Triggers an event.
     * @param event the event
     * @return completes when the service has accepted the event
     * @throws LatteStreamQueueFullException if the queue is full and stays so; nothing is taken
     * @see LatteStreamClient#trigger(Event)
     */
    CompletableFuture<TriggerResult> trigger(@Nullable Event event);

    /**
     * Triggers an event if the queue has room for it, without waiting for some: for callers that nothing may hold up.
     * @param event the event
     * @return completes when the service has accepted the event
     * @throws LatteStreamQueueFullException if the queue is full now; nothing is taken
     * @see LatteStreamClient#tryTrigger(Event)
     */
    CompletableFuture<TriggerResult> tryTrigger(@Nullable Event event);

    /**
     * Writes an event's data as JSON now, for an event that is triggered later.
     * @param event the event
     * @return the same event, whose data is JSON text
     * @see LatteStreamClient#encode(Event)
     */
    Event encode(@Nullable Event event);

    /**
     * Triggers several events at once.
     * @param events at least one event
     * @return completes when the service has answered for all events
     * @throws LatteStreamQueueFullException if the queue is full and stays so; nothing is taken
     * @see LatteStreamClient#triggerBatch(Collection)
     */
    CompletableFuture<List<TriggerResult>> triggerBatch(@Nullable Collection<Event> events);

    /**
     * Sends what waits for a batch to fill.
     * @return completes when everything triggered before has its answer
     * @see LatteStreamClient#flushBatch()
     */
    CompletableFuture<@Nullable Void> flushBatch();

    /**
     * Asks the service to authorize a subscription.
     * @param socketId the id of the browser's connection
     * @param channel a private or presence channel
     * @return what the browser hands to the service
     * @see LatteStreamClient#authorizeChannel(String, String)
     */
    ChannelAuthorization authorizeChannel(@Nullable String socketId, @Nullable String channel);

    /**
     * Asks the service to authorize a subscription to a presence channel.
     * @param socketId the id of the browser's connection
     * @param channel a presence channel
     * @param member who joins
     * @return what the browser hands to the service
     * @see LatteStreamClient#authorizeChannel(String, String, PresenceMember)
     */
    ChannelAuthorization authorizeChannel(
            @Nullable String socketId, @Nullable String channel, @Nullable PresenceMember member);

    /**
     * Asks about one channel.
     * @param channel the channel
     * @param attributes what to ask for, besides whether the channel is occupied
     * @return what the service knows
     * @see LatteStreamClient#getChannelInfo(String, ChannelAttribute...)
     */
    ChannelInfo getChannelInfo(@Nullable String channel, ChannelAttribute... attributes);

    /**
     * Asks which channels are occupied.
     * @param prefix how the channels' names begin; null or empty for all
     * @param attributes what to ask for of each
     * @return the channels by name; unmodifiable
     * @see LatteStreamClient#getChannels(String, ChannelAttribute...)
     */
    Map<String, ChannelInfo> getChannels(@Nullable String prefix, ChannelAttribute... attributes);

    /**
     * Asks who is on a presence channel.
     * @param channel a presence channel
     * @return its users; unmodifiable
     * @see LatteStreamClient#getUsers(String)
     */
    List<PresenceUser> getUsers(@Nullable String channel);

    /**
     * Closes all connections of a user.
     * @param userId the user's id
     * @see LatteStreamClient#terminateUserConnections(String)
     */
    void terminateUserConnections(@Nullable String userId);

    /**
     * Asks for a token that a browser may connect with.
     * @param request what for
     * @return the token
     * @see LatteStreamClient#createClientToken(ClientTokenRequest)
     */
    ClientToken createClientToken(@Nullable ClientTokenRequest request);

    /**
     * Tells, in constant time, whether a webhook was signed with the application's secret. Never throws.
     * @param body the bytes as they came
     * @param signature the header {@code X-LatteStream-Signature} as it came
     * @return whether it was
     */
    boolean verifyWebhookSignature(byte @Nullable [] body, @Nullable String signature);

    /**
     * Signs a body as the service signs webhooks.
     * @param body the bytes
     * @return the signature
     */
    String generateWebhookSignature(byte[] body);
}
