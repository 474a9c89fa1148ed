package com.lattestream.core;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Operations of LatteStream for applications. Triggering returns a future and does not wait for the service. All other
 * operations wait for the response and return the result, or throw a {@link LatteStreamException}. Invalid arguments
 * are rejected with an {@link IllegalArgumentException}. Thread-safe.
 */
public interface LatteStreamOperations {

    /**
     * Triggers an event on one channel.
     * @param channel the channel
     * @param event the event's name
     * @param data the data that subscribers receive: any value that can be serialized to JSON
     * @return completes when the service has accepted the event
     * @throws LatteStreamQueueFullException if the queue is still full after the max-block time; no event is queued
     * @see LatteStreamClient#trigger(String, String, Object)
     */
    CompletableFuture<TriggerResult> trigger(@Nullable String channel, @Nullable String event, @Nullable Object data);

    /**
     * Triggers an event on several channels.
     * @param channels at least one channel
     * @param event the event's name
     * @param data the data that subscribers receive: any value that can be serialized to JSON
     * @return completes when the service has accepted the event for all channels
     * @throws LatteStreamQueueFullException if the queue is still full after the max-block time; no event is queued
     * @see LatteStreamClient#trigger(Collection, String, Object)
     */
    CompletableFuture<TriggerResult> trigger(
            @Nullable Collection<String> channels, @Nullable String event, @Nullable Object data);

    /**
     * Triggers an event.
     * @param event the event
     * @return completes when the service has accepted the event
     * @throws LatteStreamQueueFullException if the queue is still full after the max-block time; no event is queued
     * @see LatteStreamClient#trigger(Event)
     */
    CompletableFuture<TriggerResult> trigger(@Nullable Event event);

    /**
     * Triggers an event if the queue has room for it, without waiting. Intended for callers that must not block.
     * @param event the event
     * @return completes when the service has accepted the event
     * @throws LatteStreamQueueFullException if the queue is full; the event is not queued
     * @see LatteStreamClient#tryTrigger(Event)
     */
    CompletableFuture<TriggerResult> tryTrigger(@Nullable Event event);

    /**
     * Serializes the event's data to JSON immediately, for an event that is triggered later.
     * @param event the event
     * @return the same event, whose data is JSON text
     * @see LatteStreamClient#encode(Event)
     */
    Event encode(@Nullable Event event);

    /**
     * Triggers several events at once.
     * @param events at least one event
     * @return completes when there is a response for each event
     * @throws LatteStreamQueueFullException if the queue is still full after the max-block time; no event is queued
     * @see LatteStreamClient#triggerBatch(Collection)
     */
    CompletableFuture<List<TriggerResult>> triggerBatch(@Nullable Collection<Event> events);

    /**
     * Sends all queued events immediately, without waiting for batches to fill.
     * @return completes when all events triggered before have a response
     * @see LatteStreamClient#flushBatch()
     */
    CompletableFuture<@Nullable Void> flushBatch();

    /**
     * Requests the authorization of a subscription from the service.
     * @param socketId the id of the browser's connection
     * @param channel a private or presence channel
     * @return the authorization for the browser
     * @see LatteStreamClient#authorizeChannel(String, String)
     */
    ChannelAuthorization authorizeChannel(@Nullable String socketId, @Nullable String channel);

    /**
     * Requests the authorization of a subscription to a presence channel from the service.
     * @param socketId the id of the browser's connection
     * @param channel a presence channel
     * @param member the member who joins
     * @return the authorization for the browser
     * @see LatteStreamClient#authorizeChannel(String, String, PresenceMember)
     */
    ChannelAuthorization authorizeChannel(
            @Nullable String socketId, @Nullable String channel, @Nullable PresenceMember member);

    /**
     * Requests information about one channel.
     * @param channel the channel
     * @param attributes the attributes to request, in addition to whether the channel is occupied
     * @return the information about the channel
     * @see LatteStreamClient#getChannelInfo(String, ChannelAttribute...)
     */
    ChannelInfo getChannelInfo(@Nullable String channel, ChannelAttribute... attributes);

    /**
     * Requests the occupied channels.
     * @param prefix the prefix of the channel names; null or empty for all channels
     * @param attributes the attributes to request for each channel
     * @return the channels by name; unmodifiable
     * @see LatteStreamClient#getChannels(String, ChannelAttribute...)
     */
    Map<String, ChannelInfo> getChannels(@Nullable String prefix, ChannelAttribute... attributes);

    /**
     * Requests the users on a presence channel.
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
     * Requests a token that a browser uses to connect.
     * @param request the properties of the token
     * @return the token
     * @see LatteStreamClient#createClientToken(ClientTokenRequest)
     */
    ClientToken createClientToken(@Nullable ClientTokenRequest request);

    /**
     * Returns whether a webhook was signed with the application's secret. Compares in constant time, and never throws.
     * @param body the unmodified bytes of the request body
     * @param signature the header {@code X-LatteStream-Signature} of the request
     * @return whether the signature is valid
     */
    boolean verifyWebhookSignature(byte @Nullable [] body, @Nullable String signature);

    /**
     * Signs a body with the algorithm that the service uses for webhooks.
     * @param body the bytes
     * @return the signature
     */
    String generateWebhookSignature(byte[] body);
}
