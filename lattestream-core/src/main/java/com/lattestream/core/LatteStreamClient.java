package com.lattestream.core;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Talks to the LatteStream service. Thread-safe; make one for an application and close it in the end.
 *
 * <p>Every call answers a future. Bad arguments ({@link IllegalArgumentException}) and a closed client
 * ({@link IllegalStateException}) are thrown by the call itself; all that happens later is in the future, as a
 * {@link LatteStreamException}: {@link LatteStreamApiException} where the service refuses,
 * {@link LatteStreamConnectionException} where it cannot be reached, {@link LatteStreamTimeoutException} where it does
 * not answer in time, {@link LatteStreamUnavailableException} where it was not asked because it has failed too often.
 *
 * <p>Every future completes. It does so on the client's callback executor, never on its I/O threads, and those of events
 * that travelled together one after another: a callback that blocks holds up the others for a tenth of a second at most,
 * until another thread goes on with them. Completing or cancelling a future is the caller's own business; the event goes its
 * way all the same.
 *
 * <p>Events are delivered at least once, and in order on each channel. One that was taken is delivered or reported: by
 * its future, to the {@link UndeliveredEventHandler}, and in the {@linkplain #statistics() statistics}.
 */
public interface LatteStreamClient extends AutoCloseable {

    /**
     * Starts a client with options.
     * @param secret the application's secret ({@code lsk_...})
     * @return a builder
     * @throws IllegalArgumentException if the secret is not such
     */
    static LatteStreamClientBuilder builder(@Nullable String secret) {
        return new LatteStreamClientBuilder(secret);
    }

    /**
     * Makes a client with the default options.
     * @param secret the application's secret ({@code lsk_...})
     * @return a client
     * @throws IllegalArgumentException if the secret is not such
     */
    static LatteStreamClient create(@Nullable String secret) {
        return builder(secret).build();
    }

    /**
     * Triggers an event on one channel.
     * @param channel the channel
     * @param event the event's name
     * @param data what subscribers get: anything that can be written as JSON
     * @return completes when the service has accepted the event
     * @throws IllegalArgumentException if a name is not valid, or the data cannot be written as JSON
     * @see Event#of(String, String, Object)
     */
    default CompletableFuture<TriggerResult> trigger(
            @Nullable String channel, @Nullable String event, @Nullable Object data) {
        return trigger(Event.of(channel, event, data));
    }

    /**
     * Triggers an event on several channels.
     * @param channels at least one channel; more than 100 go out as several requests, in order
     * @param event the event's name
     * @param data what subscribers get: anything that can be written as JSON
     * @return completes when the service has accepted the event for all channels
     * @throws IllegalArgumentException if a name is not valid, or the data cannot be written as JSON
     * @see Event#of(Collection, String, Object)
     */
    default CompletableFuture<TriggerResult> trigger(
            @Nullable Collection<String> channels, @Nullable String event, @Nullable Object data) {
        return trigger(Event.of(channels, event, data));
    }

    /**
     * Triggers an event. With batching, it waits for others to travel with, at most for the batch interval. Events on
     * one channel are sent in the order in which they were triggered. This call does not wait for the service, unless
     * the queue is full: then it waits for room, at most for the max-block time, and not on the client's own threads.
     * @param event the event
     * @return completes when the service has accepted the event for all its channels; fails when it has not, and with a
     * {@link LatteStreamTimeoutException} when it has not within the delivery timeout
     * @throws IllegalArgumentException if the event is null, its data cannot be written as JSON, or it is larger than the
     * whole queue
     * @throws LatteStreamQueueFullException if the queue is full and stays so; the event is not taken
     */
    CompletableFuture<TriggerResult> trigger(@Nullable Event event);

    /**
     * Triggers an event if the queue has room for it, without waiting for some: for callers that nothing may hold up.
     * @param event the event
     * @return completes when the service has accepted the event for all its channels
     * @throws IllegalArgumentException if the event is null, or its data cannot be written as JSON
     * @throws LatteStreamQueueFullException if the queue is full now; nothing is taken
     */
    default CompletableFuture<TriggerResult> tryTrigger(@Nullable Event event) {
        return trigger(event);
    }

    /**
     * Writes an event's data as JSON now, for an event that is triggered later: what becomes of the data until then does
     * not matter.
     * @param event the event
     * @return the same event, whose data is JSON text, as {@link UndeliveredEvent#toEvent()} has it
     * @throws IllegalArgumentException if the event is null, or its data cannot be written as JSON
     */
    Event encode(@Nullable Event event);

    /**
     * Triggers several events at once, without waiting for others to travel with. More than 10 go out as several
     * requests, in order.
     * @param events at least one event
     * @return completes when the service has answered for all events, with one result for each, in their order; fails
     * if it has not accepted one of them, while the others may be delivered
     * @throws IllegalArgumentException if there is no event, data cannot be written as JSON, or they are more than the
     * queue ever holds; nothing is sent then
     * @throws LatteStreamQueueFullException if the queue is full and stays so; none of the events is taken
     */
    CompletableFuture<List<TriggerResult>> triggerBatch(@Nullable Collection<Event> events);

    /**
     * Sends what waits for a batch to fill.
     * @return completes when everything triggered before has its answer; whether it was accepted is in its own future
     */
    CompletableFuture<@Nullable Void> flushBatch();

    /**
     * Asks the service to authorize a subscription. It decides nothing: ask only for what the user may have.
     * @param socketId the id of the browser's connection
     * @param channel a private or presence channel
     * @return what the browser hands to the service
     * @throws IllegalArgumentException if the id is empty, or the channel is not such
     */
    CompletableFuture<ChannelAuthorization> authorizeChannel(@Nullable String socketId, @Nullable String channel);

    /**
     * Asks the service to authorize a subscription to a presence channel.
     * @param socketId the id of the browser's connection
     * @param channel a presence channel
     * @param member who joins, as the application knows it: never as the browser claims
     * @return what the browser hands to the service
     * @throws IllegalArgumentException if the id is empty, the channel is not such, the member is null, or its info
     * cannot be written as JSON
     */
    CompletableFuture<ChannelAuthorization> authorizeChannel(
            @Nullable String socketId, @Nullable String channel, @Nullable PresenceMember member);

    /**
     * Authorizes a subscription with this client's secret, without a request to the service. It decides nothing: call it
     * only for users who may subscribe.
     *
     * <p>By default, an implementation that has no secret of its own, such as one that delegates to another client,
     * requests the authorization with {@link #authorizeChannel(String, String)}. The result is equally valid.
     * @param socketId the id of the browser's connection: two lower-case hexadecimal numbers with a dot between
     * @param channel a private or presence channel
     * @return the authorization for the browser
     * @throws IllegalArgumentException if the socket id or the channel is not valid
     */
    default CompletableFuture<ChannelAuthorization> authorizeChannelLocally(
            @Nullable String socketId, @Nullable String channel) {
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
     * cannot be written as JSON
     */
    default CompletableFuture<ChannelAuthorization> authorizeChannelLocally(
            @Nullable String socketId, @Nullable String channel, @Nullable PresenceMember member) {
        return authorizeChannel(socketId, channel, member);
    }

    /**
     * Asks about one channel. Answers are cached for the cache timeout.
     * @param channel the channel
     * @param attributes what to ask for, besides whether the channel is occupied
     * @return what the service knows
     * @throws IllegalArgumentException if the channel is not valid
     */
    CompletableFuture<ChannelInfo> getChannelInfo(@Nullable String channel, ChannelAttribute... attributes);

    /**
     * Asks which channels are occupied. Answers are cached for the cache timeout.
     * @param prefix how the channels' names begin; null or empty for all
     * @param attributes what to ask for of each
     * @return the channels by name; unmodifiable
     */
    CompletableFuture<Map<String, ChannelInfo>> getChannels(@Nullable String prefix, ChannelAttribute... attributes);

    /**
     * Asks who is on a presence channel. Answers are cached for the cache timeout.
     * @param channel a presence channel
     * @return its users; unmodifiable
     * @throws IllegalArgumentException if the channel is not such
     */
    CompletableFuture<List<PresenceUser>> getUsers(@Nullable String channel);

    /**
     * Closes all connections of a user, and forgets the cached answers. The browser client connects again: what keeps
     * the user out is that the application refuses to authorize.
     * @param userId the user's id
     * @return completes when the service has done it
     * @throws IllegalArgumentException if the id is null or empty, or no valid Unicode text
     */
    CompletableFuture<@Nullable Void> terminateUserConnections(@Nullable String userId);

    /**
     * Asks for a token that a browser may connect with. This request is not signed.
     * @param request what for
     * @return the token
     * @throws IllegalArgumentException if the request is null
     */
    CompletableFuture<ClientToken> createClientToken(@Nullable ClientTokenRequest request);

    /**
     * Asks whether the service is there and takes the secret: one signed request, which is not tried again, and whose
     * answer is not cached.
     * @return completes when the service has answered with a 2xx status
     */
    CompletableFuture<@Nullable Void> ping();

    /**
     * Counts what has become of the events.
     * @return a snapshot; available after closing as well
     */
    LatteStreamStatistics statistics();

    /**
     * Tells what metrics and traces call this client.
     * @return its name; {@code lattestream} by default
     */
    String name();

    /**
     * Returns the components of this client that metrics are taken from: its {@link ConnectionPoolStatistics}, Caffeine's
     * {@code Cache} (if responses are cached), Resilience4j's {@code CircuitBreaker} of each {@link RequestKind}, and two
     * {@code Retry}, one for events and one for all other requests. Read from them only.
     * @param type the type of one of these
     * @param <T> that type
     * @return all of that type; empty for any other
     */
    <T> List<T> components(Class<T> type);

    /**
     * Tells where the service is.
     * @return its address, such as {@code https://eu1.lattestream.com}
     */
    String endpoint();

    /**
     * Tells, in constant time, whether a webhook was signed with this client's secret. Never throws.
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

    /**
     * Sends the queued events because the client will be closed soon, and waits for the responses, but no longer than the
     * {@linkplain LatteStreamClientBuilder#closeTimeout close timeout}. The time that this takes is deducted from the time
     * that {@link #close()} may take. The client accepts further events until it is closed. An implementation that
     * delegates to another client must also delegate this call.
     * @return whether all events that were queued before have a response; fails only if {@link #flushBatch()} does. By
     * default, waits for {@link #flushBatch()} without a timeout
     * @throws IllegalStateException if the client is closed
     */
    default CompletableFuture<Boolean> drain() {
        return flushBatch().thenApply(done -> true);
    }

    /**
     * Accepts no more calls, delivers the queued events, and releases threads and connections. Together with a preceding
     * {@link #drain()}, this takes at most the {@linkplain LatteStreamClientBuilder#closeTimeout close timeout}, 10 seconds
     * by default. Events without a response at that time fail, and are passed to the {@link UndeliveredEventHandler}. If
     * the client is already closed, or another thread is closing it, this call has no effect.
     */
    @Override
    void close();
}
