package com.lattestream.core;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Client for the LatteStream service. Thread-safe. Create one instance per application, and close it at the end.
 *
 * <p>Calls return futures. Invalid arguments ({@link IllegalArgumentException}) and a closed client
 * ({@link IllegalStateException}) are thrown by the call itself. Later failures complete the future with a
 * {@link LatteStreamException}: a {@link LatteStreamApiException} if the service rejects the request, a
 * {@link LatteStreamConnectionException} if the service cannot be reached, a {@link LatteStreamTimeoutException} if it
 * does not respond in time, and a {@link LatteStreamUnavailableException} if the request was not sent because the
 * circuit breaker is open.
 *
 * <p>Every returned future completes eventually. Its callbacks run on the callback executor and never on an I/O thread.
 * The futures of events sent in one batch complete sequentially. If a callback blocks, another thread takes over the
 * remaining futures within 100 milliseconds. Completing or cancelling a future does not cancel the event.
 *
 * <p>Events are delivered at least once, and in order on each channel. An event that the client has accepted is either
 * delivered or reported: by its future, to the {@link UndeliveredEventHandler}, and in the
 * {@linkplain #statistics() statistics}. A newer event may replace a {@linkplain Event#conflated() conflated} one that
 * waits.
 */
public interface LatteStreamClient extends AutoCloseable {

    /**
     * Creates a builder for a client with options.
     * @param secret the application's secret ({@code lsk_...})
     * @return a builder
     * @throws IllegalArgumentException if the secret is not valid
     */
    static LatteStreamClientBuilder builder(String secret) {
        return new LatteStreamClientBuilder(secret);
    }

    /**
     * Creates a client with the default options.
     * @param secret the application's secret ({@code lsk_...})
     * @return a client
     * @throws IllegalArgumentException if the secret is not valid
     */
    static LatteStreamClient create(String secret) {
        return builder(secret).build();
    }

    /**
     * Triggers an event on one channel.
     * @param channel the channel
     * @param event the event's name
     * @param data the data that subscribers receive: any value that can be serialized to JSON
     * @return completes when the service has accepted the event
     * @throws IllegalArgumentException if a name is not valid, or the data cannot be serialized to JSON
     * @see Event#of(String, String, Object)
     */
    default CompletableFuture<TriggerResult> trigger(String channel, String event, @Nullable Object data) {
        return trigger(Event.of(channel, event, data));
    }

    /**
     * Triggers an event on several channels.
     * @param channels at least one channel; more than 100 channels are sent in several requests, in order
     * @param event the event's name
     * @param data the data that subscribers receive: any value that can be serialized to JSON
     * @return completes when the service has accepted the event for all channels
     * @throws IllegalArgumentException if a name is not valid, or the data cannot be serialized to JSON
     * @see Event#of(Collection, String, Object)
     */
    default CompletableFuture<TriggerResult> trigger(Collection<String> channels, String event, @Nullable Object data) {
        return trigger(Event.of(channels, event, data));
    }

    /**
     * Triggers an event. With batching enabled, the event waits for further events, at most for the batch interval.
     * Events on one channel are sent in the order in which they were triggered. This call does not wait for the
     * service. If the queue is full, it waits for room, at most for the max-block time, but never on one of the
     * client's own threads.
     * @param event the event
     * @return completes when the service has accepted the event for all its channels, or a newer event has
     * {@linkplain TriggerResult#superseded() superseded} it; fails if the event was not delivered, with a
     * {@link LatteStreamTimeoutException} if the delivery timeout or its expiry has passed
     * @throws IllegalArgumentException if the event is null, its data cannot be serialized to JSON, or it is larger
     * than the whole queue
     * @throws LatteStreamQueueFullException if the queue is still full after the max-block time; the event is not
     * queued
     */
    CompletableFuture<TriggerResult> trigger(Event event);

    /**
     * Triggers an event if the queue has room for it, without waiting. Intended for callers that must not block.
     * @param event the event
     * @return completes when the service has accepted the event for all its channels
     * @throws IllegalArgumentException if the event is null, or its data cannot be serialized to JSON
     * @throws LatteStreamQueueFullException if the queue is full; the event is not queued
     */
    default CompletableFuture<TriggerResult> tryTrigger(Event event) {
        return trigger(event);
    }

    /**
     * Serializes the event's data to JSON immediately. Later changes to the data object do not affect the returned
     * event.
     * @param event the event
     * @return the same event, whose data is JSON text, as with {@link UndeliveredEvent#toEvent()}
     * @throws IllegalArgumentException if the event is null, or its data cannot be serialized to JSON
     */
    Event encode(Event event);

    /**
     * Triggers several events at once, without waiting for further events. More than 10 events are sent in several
     * requests, in order.
     * @param events at least one event
     * @return completes when there is a response for each event, with one result per event, in their order; fails if
     * one event was not accepted, in which case the others may still be delivered
     * @throws IllegalArgumentException if there is no event, data cannot be serialized to JSON, or the events exceed
     * the capacity of the queue; no event is sent
     * @throws LatteStreamQueueFullException if the queue is still full after the max-block time; no event is queued
     */
    CompletableFuture<List<TriggerResult>> triggerBatch(Collection<Event> events);

    /**
     * Sends all queued events immediately, without waiting for batches to fill.
     * @return completes when all events triggered before have a response; the result of each event is reported by its
     * own future
     */
    CompletableFuture<@Nullable Void> flushBatch();

    /**
     * Requests the authorization of a subscription from the service. The service does not check the user's permissions:
     * call this only for users who may subscribe.
     * @param socketId the id of the browser's connection
     * @param channel a private or presence channel
     * @return the authorization for the browser
     * @throws IllegalArgumentException if the id is empty, or the channel is not a private or presence channel
     */
    CompletableFuture<ChannelAuthorization> authorizeChannel(String socketId, String channel);

    /**
     * Requests the authorization of a subscription to a presence channel from the service.
     * @param socketId the id of the browser's connection
     * @param channel a presence channel
     * @param member the member who joins, as the application knows it: never as the browser claims
     * @return the authorization for the browser
     * @throws IllegalArgumentException if the id is empty, the channel is not a presence channel, the member is null,
     * or its info cannot be serialized to JSON
     */
    CompletableFuture<ChannelAuthorization> authorizeChannel(String socketId, String channel, PresenceMember member);

    /**
     * Authorizes a subscription with this client's secret, without a request to the service. The user's permissions are
     * not checked: call this only for users who may subscribe.
     *
     * <p>By default, an implementation that has no secret of its own, such as one that delegates to another client,
     * requests the authorization with {@link #authorizeChannel(String, String)}. The result is equally valid.
     * @param socketId the id of the browser's connection: two lower-case hexadecimal numbers with a dot between
     * @param channel a private or presence channel
     * @return the authorization for the browser
     * @throws IllegalArgumentException if the socket id or the channel is not valid
     */
    default CompletableFuture<ChannelAuthorization> authorizeChannelLocally(String socketId, String channel) {
        return authorizeChannel(socketId, channel);
    }

    /**
     * Authorizes a subscription to a presence channel with this client's secret, without a request to the service.
     *
     * <p>By default, an implementation that has no secret of its own, such as one that delegates to another client,
     * requests the authorization with {@link #authorizeChannel(String, String, PresenceMember)}. The result is equally
     * valid.
     * @param socketId the id of the browser's connection: two lower-case hexadecimal numbers with a dot between
     * @param channel a presence channel
     * @param member the member who joins, as the application knows it: never as the browser claims
     * @return the authorization for the browser
     * @throws IllegalArgumentException if the socket id or the channel is not valid, the member is null, or its info
     * cannot be serialized to JSON
     */
    default CompletableFuture<ChannelAuthorization> authorizeChannelLocally(
            String socketId, String channel, PresenceMember member) {
        return authorizeChannel(socketId, channel, member);
    }

    /**
     * Requests information about one channel. Responses are cached for the cache timeout.
     * @param channel the channel
     * @param attributes the attributes to request, in addition to whether the channel is occupied
     * @return the information about the channel
     * @throws IllegalArgumentException if the channel is not valid
     */
    CompletableFuture<ChannelInfo> getChannelInfo(String channel, ChannelAttribute... attributes);

    /**
     * Requests the occupied channels. Responses are cached for the cache timeout.
     * @param prefix the prefix of the channel names; null or empty for all channels
     * @param attributes the attributes to request for each channel
     * @return the channels by name; unmodifiable
     */
    CompletableFuture<Map<String, ChannelInfo>> getChannels(@Nullable String prefix, ChannelAttribute... attributes);

    /**
     * Requests the users on a presence channel. Responses are cached for the cache timeout.
     * @param channel a presence channel
     * @return its users; unmodifiable
     * @throws IllegalArgumentException if the channel is not a presence channel
     */
    CompletableFuture<List<PresenceUser>> getUsers(String channel);

    /**
     * Closes all connections of a user, and clears the cache of responses. The browser client connects again: to
     * exclude the user, the application must also deny further authorizations.
     * @param userId the user's id
     * @return completes when the service has accepted the request
     * @throws IllegalArgumentException if the id is null or empty, or not valid Unicode text
     */
    CompletableFuture<@Nullable Void> terminateUserConnections(String userId);

    /**
     * Requests a token that a browser uses to connect. This request is not signed.
     * @param request the properties of the token
     * @return the token
     * @throws IllegalArgumentException if the request is null
     */
    CompletableFuture<ClientToken> createClientToken(ClientTokenRequest request);

    /**
     * Checks whether the service is available and accepts the secret. Sends one signed request, which is not retried,
     * and whose response is not cached.
     * @return completes when the service has responded with a 2xx status
     */
    CompletableFuture<@Nullable Void> ping();

    /**
     * Returns counters of events and requests.
     * @return a snapshot; available even after the client is closed
     */
    LatteStreamStatistics statistics();

    /**
     * Returns the name of this client in metrics and traces.
     * @return the name; {@code lattestream} by default
     */
    String name();

    /**
     * Returns the underlying objects of this client that provide metrics: its {@link ConnectionPoolStatistics}, Caffeine's
     * {@code Cache} (if responses are cached), Resilience4j's {@code CircuitBreaker} of each {@link RequestKind}, and
     * two {@code Retry}, one for events and one for all other requests. Only read from them.
     * @param type the type of one of these
     * @param <T> that type
     * @return all objects of that type; empty for other types
     */
    <T> List<T> unwrapAll(Class<T> type);

    /**
     * Returns the address of the service.
     * @return the address, such as {@code https://eu1.lattestream.com}
     */
    String endpoint();

    /**
     * Returns whether a webhook was signed with this client's secret. Compares in constant time, and never throws.
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

    /**
     * Sends the queued events because the client will be closed soon, and waits for the responses, but no longer than
     * the {@linkplain LatteStreamClientBuilder#closeTimeout close timeout}. The time that this takes is deducted from
     * the time that {@link #close()} may take. The client accepts further events until it is closed. An implementation
     * that delegates to another client must also delegate this call.
     * @return whether all events that were queued before have a response; fails only if {@link #flushBatch()} does. By
     * default, waits for {@link #flushBatch()} without a timeout
     * @throws IllegalStateException if the client is closed
     */
    default CompletableFuture<Boolean> drain() {
        return flushBatch().thenApply(done -> true);
    }

    /**
     * Accepts no more calls, delivers the queued events, and releases threads and connections. Together with a
     * preceding {@link #drain()}, this takes at most the
     * {@linkplain LatteStreamClientBuilder#closeTimeout close timeout}, 10 seconds by default. Events without a
     * response at that time fail, and are passed to the {@link UndeliveredEventHandler}. If the client is already
     * closed, or another thread is closing it, this call has no effect.
     */
    @Override
    void close();
}
