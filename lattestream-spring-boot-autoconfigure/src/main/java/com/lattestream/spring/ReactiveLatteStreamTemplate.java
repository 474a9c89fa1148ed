package com.lattestream.spring;

import com.lattestream.core.ChannelAttribute;
import com.lattestream.core.ChannelAuthorization;
import com.lattestream.core.ChannelInfo;
import com.lattestream.core.ClientToken;
import com.lattestream.core.ClientTokenRequest;
import com.lattestream.core.Event;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.PresenceMember;
import com.lattestream.core.PresenceUser;
import com.lattestream.core.TriggerResult;
import com.lattestream.spring.internal.ReactorThreadLocals;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The calls of a {@link LatteStreamClient} as Reactor publishers, for applications that must not block their threads.
 * With Spring Boot, a bean of this type uses the default client. Thread-safe.
 *
 * <p>Every call returns a cold {@link Mono}, which makes the call when it is subscribed to. Each subscription makes the
 * call again. All errors are emitted: an {@link IllegalArgumentException} for an invalid argument, an
 * {@link IllegalStateException} if the client is closed, and a {@link com.lattestream.core.LatteStreamException} for
 * all later failures.
 *
 * <p>Results are emitted on the client's callback threads, never on its I/O threads. Cancelling a subscription drops
 * the result; it does not cancel a call that has been made, so that an event is delivered nevertheless.
 *
 * <p>Subscribing never blocks. {@link #trigger(Event)} does not wait for room in the queue. The calls that may wait,
 * for room or for a host name to be resolved, are made on {@link Schedulers#boundedElastic()}.
 *
 * <p>Events are triggered on subscription, also within a reactive transaction that may still be rolled back. To trigger
 * after the commit, use {@link com.lattestream.spring.broadcast.Broadcast}.
 */
public class ReactiveLatteStreamTemplate {

    private final LatteStreamClient client;

    /**
     * Creates a template.
     * @param client the client that makes the calls; the template does not close it
     */
    public ReactiveLatteStreamTemplate(LatteStreamClient client) {
        this.client = Objects.requireNonNull(client, "client");
    }

    /**
     * Triggers an event on one channel.
     * @param channel the channel
     * @param event the name of the event
     * @param data the data that subscribers receive: any value that can be serialized to JSON
     * @return the result, when the service has accepted the event
     * @see #trigger(Event)
     */
    public Mono<TriggerResult> trigger(String channel, String event, @Nullable Object data) {
        return call(client -> client.tryTrigger(Event.of(channel, event, data)));
    }

    /**
     * Triggers an event on several channels.
     * @param channels at least one channel
     * @param event the name of the event
     * @param data the data that subscribers receive: any value that can be serialized to JSON
     * @return the result, when the service has accepted the event for all channels
     * @see #trigger(Event)
     */
    public Mono<TriggerResult> trigger(Collection<String> channels, String event, @Nullable Object data) {
        return call(client -> client.tryTrigger(Event.of(channels, event, data)));
    }

    /**
     * Triggers an event, if the queue has room for it. Events on one channel are sent in the order of the
     * subscriptions. If the queue is full, the error is a {@link com.lattestream.core.LatteStreamQueueFullException},
     * immediately. The call does not wait for room, because the thread may be an event loop, and waiting on another
     * thread would change the order.
     * @param event the event
     * @return the result, when the service has accepted the event for all its channels
     * @see LatteStreamClient#tryTrigger(Event)
     */
    public Mono<TriggerResult> trigger(Event event) {
        return call(client -> client.tryTrigger(event));
    }

    /**
     * Triggers several events at once. If the queue is full, the call waits for room, at most for the max-block time,
     * on {@link Schedulers#boundedElastic()}.
     * @param events at least one event
     * @return one result for each event, in their order, when the service has responded for all of them
     * @see LatteStreamClient#triggerBatch(Collection)
     */
    public Mono<List<TriggerResult>> triggerBatch(Collection<Event> events) {
        return callElsewhere(client -> client.triggerBatch(events));
    }

    /**
     * Sends all queued events immediately, without waiting for batches to fill.
     * @return completes when all events that were triggered before have a response
     * @see LatteStreamClient#flushBatch()
     */
    public Mono<Void> flushBatch() {
        return call(LatteStreamClient::flushBatch);
    }

    /**
     * Requests the authorization of a subscription. Permissions are not checked: call this only for users who may
     * subscribe.
     * @param socketId the id of the browser's connection
     * @param channel a private or presence channel
     * @return the authorization for the browser
     * @see LatteStreamClient#authorizeChannel(String, String)
     */
    public Mono<ChannelAuthorization> authorizeChannel(String socketId, String channel) {
        return callElsewhere(client -> client.authorizeChannel(socketId, channel));
    }

    /**
     * Requests the authorization of a subscription to a presence channel.
     * @param socketId the id of the browser's connection
     * @param channel a presence channel
     * @param member the member who joins, as the application knows it: never as the browser claims
     * @return the authorization for the browser
     * @see LatteStreamClient#authorizeChannel(String, String, PresenceMember)
     */
    public Mono<ChannelAuthorization> authorizeChannel(String socketId, String channel, PresenceMember member) {
        return callElsewhere(client -> client.authorizeChannel(socketId, channel, member));
    }

    /**
     * Requests the state of one channel.
     * @param channel the channel
     * @param attributes the attributes to request, in addition to whether the channel is occupied
     * @return the state of the channel
     * @see LatteStreamClient#getChannelInfo(String, ChannelAttribute...)
     */
    public Mono<ChannelInfo> getChannelInfo(String channel, ChannelAttribute... attributes) {
        return callElsewhere(client -> client.getChannelInfo(channel, attributes));
    }

    /**
     * Requests the occupied channels.
     * @param prefix the prefix of the names of the channels; null or empty for all
     * @param attributes the attributes to request of each channel
     * @return the channels by name; unmodifiable
     * @see LatteStreamClient#getChannels(String, ChannelAttribute...)
     */
    public Mono<Map<String, ChannelInfo>> getChannels(@Nullable String prefix, ChannelAttribute... attributes) {
        return callElsewhere(client -> client.getChannels(prefix, attributes));
    }

    /**
     * Requests the users of a presence channel.
     * @param channel a presence channel
     * @return its users; unmodifiable
     * @see LatteStreamClient#getUsers(String)
     */
    public Mono<List<PresenceUser>> getUsers(String channel) {
        return callElsewhere(client -> client.getUsers(channel));
    }

    /**
     * Closes all connections of a user.
     * @param userId the id of the user
     * @return completes when the service has closed them
     * @see LatteStreamClient#terminateUserConnections(String)
     */
    public Mono<Void> terminateUserConnections(String userId) {
        return callElsewhere(client -> client.terminateUserConnections(userId));
    }

    /**
     * Requests a token that a browser uses to connect.
     * @param request the request for the token
     * @return the token
     * @see LatteStreamClient#createClientToken(ClientTokenRequest)
     */
    public Mono<ClientToken> createClientToken(ClientTokenRequest request) {
        return callElsewhere(client -> client.createClientToken(request));
    }

    // opening a connection may resolve a host name, which blocks
    private <T> Mono<T> callElsewhere(Function<LatteStreamClient, CompletableFuture<? extends @Nullable T>> call) {
        // with the current observation of the subscriber's thread
        return call(call).subscribeOn(Schedulers.boundedElastic()).contextCapture();
    }

    private <T> Mono<T> call(Function<LatteStreamClient, CompletableFuture<? extends @Nullable T>> call) {
        return Mono.deferContextual(context -> {
            CompletableFuture<? extends @Nullable T> result =
                    ReactorThreadLocals.supply(context, () -> call.apply(client));
            // a mock returns null
            return result == null ? Mono.empty() : Mono.fromFuture(result, true);
        });
    }
}
