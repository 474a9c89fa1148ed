package com.lattestream.core;

import com.lattestream.core.crypto.ChannelSigner;
import com.lattestream.core.crypto.LatteStreamSecret;
import com.lattestream.core.crypto.WebhookSigner;
import com.lattestream.core.internal.http.UriEncoding;
import com.lattestream.core.internal.wire.EncodedEvent;
import com.lattestream.core.internal.wire.EventEncoder;
import com.lattestream.core.internal.wire.EventFormat;
import com.lattestream.core.internal.wire.RequestBodies;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client that never sends requests to the service, for environments where no event must be sent. Arguments are
 * validated as by the real client, events are counted as delivered, and futures complete immediately, on the calling
 * thread. No event waits, so no event expires and none is superseded. Queries report no subscribers. Authorizations are
 * signed locally if there is a secret, and otherwise fail with a {@link LatteStreamUnavailableException}, as do client
 * tokens. Subclasses can override the protected methods to change the result of a call. Thread-safe.
 */
public class OfflineLatteStreamClient implements LatteStreamClient {

    private final @Nullable WebhookSigner webhookSigner;

    private final @Nullable ChannelSigner channelSigner;

    private final EventEncoder eventEncoder;

    private final RequestBodies requestBodies;

    private final LongAdder delivered = new LongAdder();

    private final LongAdder failed = new LongAdder();

    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Creates a client that only counts events.
     * @param secret the secret ({@code lsk_...}) that signs webhooks and authorizations; null for none
     * @param jsonMapper the mapper that serializes the data of events to JSON
     * @throws IllegalArgumentException if the secret is not valid
     */
    public OfflineLatteStreamClient(@Nullable String secret, JsonMapper jsonMapper) {
        String key = secret == null ? null : LatteStreamSecret.of(secret).reveal();
        Objects.requireNonNull(jsonMapper, "jsonMapper");
        webhookSigner = key == null ? null : new WebhookSigner(key);
        channelSigner = key == null ? null : new ChannelSigner(key, jsonMapper);
        eventEncoder = new EventEncoder(jsonMapper);
        requestBodies = new RequestBodies(jsonMapper);
    }

    /**
     * Creates a client that also logs each event: at INFO the name, the channels and the length of the data, and at
     * DEBUG of {@code com.lattestream.core.LoggingLatteStreamClient} the data, truncated if it is long.
     * @param secret the secret ({@code lsk_...}) that signs webhooks and authorizations; null for none
     * @param jsonMapper the mapper that serializes the data of events to JSON
     * @return a client
     * @throws IllegalArgumentException if the secret is not valid
     */
    public static OfflineLatteStreamClient logging(@Nullable String secret, JsonMapper jsonMapper) {
        return new LoggingLatteStreamClient(secret, jsonMapper);
    }

    /**
     * Accepts events that have been validated.
     * @param events the events of one call, in order, each with its data as the JSON text that would be sent
     * @throws LatteStreamException if the call is to fail; its events are then counted as failed
     */
    protected void accept(List<Event> events) {}

    /**
     * Authorizes a subscription.
     * @param socketId the id of the browser's connection
     * @param channel a private or presence channel
     * @param member the member who joins; null for none
     * @return the authorization, by default signed with the secret
     * @throws LatteStreamException if the call is to fail; thrown by default if there is no secret
     */
    protected ChannelAuthorization authorize(String socketId, String channel, @Nullable PresenceMember member) {
        if (channelSigner == null) {
            throw new LatteStreamUnavailableException(
                    "Cannot authorize a subscription to " + channel
                            + ": this client sends no requests to the service, and has no secret to sign with",
                    false);
        }
        return member == null
                ? channelSigner.authorizeChannel(socketId, channel)
                : channelSigner.authorizePresenceChannel(socketId, channel, member);
    }

    /**
     * Returns information about one channel.
     * @param channel the channel
     * @param attributes the requested attributes, in addition to whether the channel is occupied
     * @return the information; by default, an unoccupied channel
     * @throws LatteStreamException if the call is to fail
     */
    protected ChannelInfo channelInfo(String channel, Set<ChannelAttribute> attributes) {
        return new ChannelInfo(
                false,
                attributes.contains(ChannelAttribute.USER_COUNT) ? 0 : null,
                attributes.contains(ChannelAttribute.SUBSCRIPTION_COUNT) ? 0 : null);
    }

    /**
     * Returns the occupied channels.
     * @param prefix the prefix of the channel names; empty for all channels
     * @param attributes the requested attributes of each channel
     * @return the channels by name; empty by default
     * @throws LatteStreamException if the call is to fail
     */
    protected Map<String, ChannelInfo> channels(String prefix, Set<ChannelAttribute> attributes) {
        return Map.of();
    }

    /**
     * Returns the users on a presence channel.
     * @param channel the channel
     * @return the users; empty by default
     * @throws LatteStreamException if the call is to fail
     */
    protected List<PresenceUser> users(String channel) {
        return List.of();
    }

    /**
     * Closes the connections of a user.
     * @param userId the user's id
     * @throws LatteStreamException if the call is to fail
     */
    protected void terminate(String userId) {}

    /**
     * Returns a token that a browser uses to connect. By default, throws a {@link LatteStreamUnavailableException}.
     * @param request the properties of the token
     * @return the token
     * @throws LatteStreamException if the call is to fail
     */
    protected ClientToken clientToken(ClientTokenRequest request) {
        throw new LatteStreamUnavailableException(
                "Cannot create a client token: the service creates them, and this client sends no requests to the service",
                false);
    }

    @Override
    public final CompletableFuture<TriggerResult> trigger(Event event) {
        return enqueue(List.of(Arguments.requireEvent(event))).thenApply(results -> results.get(0));
    }

    @Override
    public final CompletableFuture<TriggerResult> tryTrigger(Event event) {
        return trigger(event);
    }

    @Override
    public final Event encode(Event event) {
        Event checked = Arguments.requireEvent(event);
        return checked.withJson(eventEncoder.data(checked));
    }

    @Override
    public final CompletableFuture<List<TriggerResult>> triggerBatch(Collection<Event> events) {
        return enqueue(Arguments.requireEvents(events));
    }

    private CompletableFuture<List<TriggerResult>> enqueue(List<Event> events) {
        List<Event> encoded = new ArrayList<>(events.size());
        int chunks = 0;
        for (Event event : events) {
            String json = eventEncoder.data(event);
            List<EncodedEvent> requests = eventEncoder.encodeChunks(event, json, EventFormat.BATCH);
            chunks += requests.size();
            encoded.add(event.encoded(json));
        }
        int count = chunks;
        return complete(() -> {
            acceptAndCount(encoded, count);
            return events.stream()
                    .map(event -> new TriggerResult(event.channels(), OptionalInt.empty()))
                    .toList();
        });
    }

    private void acceptAndCount(List<Event> events, int count) {
        try {
            accept(List.copyOf(events));
        } catch (LatteStreamException ex) {
            failed.add(count);
            throw ex;
        }
        delivered.add(count);
    }

    @Override
    public final CompletableFuture<@Nullable Void> flushBatch() {
        requireOpen();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public final CompletableFuture<ChannelAuthorization> authorizeChannel(String socketId, String channel) {
        String name = ChannelName.requireAuthorizable(channel);
        return authorizeChecked(SocketId.require(socketId), name, null);
    }

    @Override
    public final CompletableFuture<ChannelAuthorization> authorizeChannel(
            String socketId, String channel, PresenceMember member) {
        String name = ChannelName.requirePresence(channel);
        PresenceMember joining = Arguments.requireMember(member);
        return authorizeChecked(SocketId.require(socketId), name, joining);
    }

    private CompletableFuture<ChannelAuthorization> authorizeChecked(
            String socketId, String channel, @Nullable PresenceMember member) {
        // written as it would be sent, so that user info that cannot be serialized is an invalid argument
        requestBodies.authorization(socketId, channel, member);
        return complete(() -> authorize(socketId, channel, member));
    }

    @Override
    public final CompletableFuture<ChannelInfo> getChannelInfo(String channel, ChannelAttribute... attributes) {
        String name = ChannelName.requireReadable(channel);
        Set<ChannelAttribute> requested = requested(attributes);
        return complete(() -> channelInfo(name, requested));
    }

    @Override
    public final CompletableFuture<Map<String, ChannelInfo>> getChannels(
            @Nullable String prefix, ChannelAttribute... attributes) {
        String start = prefix == null ? "" : prefix;
        UriEncoding.queryValue(start);
        Set<ChannelAttribute> requested = requested(attributes);
        return complete(() -> channels(start, requested));
    }

    private static Set<ChannelAttribute> requested(ChannelAttribute... attributes) {
        Set<ChannelAttribute> requested = EnumSet.noneOf(ChannelAttribute.class);
        requested.addAll(List.of(attributes));
        return requested;
    }

    @Override
    public final CompletableFuture<List<PresenceUser>> getUsers(String channel) {
        String name = ChannelName.requireReadablePresence(channel);
        return complete(() -> users(name));
    }

    @Override
    public final CompletableFuture<@Nullable Void> terminateUserConnections(String userId) {
        String user = Arguments.requireUserId(userId);
        UriEncoding.pathSegment(user);
        return complete(() -> {
            terminate(user);
            return null;
        });
    }

    @Override
    public final CompletableFuture<ClientToken> createClientToken(ClientTokenRequest request) {
        ClientTokenRequest checked = Arguments.requireClientTokenRequest(request);
        return complete(() -> clientToken(checked));
    }

    // exceptions that the real client throws directly are thrown directly here as well
    private <T extends @Nullable Object> CompletableFuture<T> complete(Supplier<T> call) {
        requireOpen();
        try {
            return CompletableFuture.completedFuture(call.get());
        } catch (LatteStreamQueueFullException ex) {
            throw ex;
        } catch (LatteStreamException ex) {
            return CompletableFuture.failedFuture(ex);
        }
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("The LatteStream client is closed and accepts no more calls");
        }
    }

    /** Returns the counters of events. {@code lastSuccess} is always null, as no request is sent. */
    @Override
    public final LatteStreamStatistics statistics() {
        return new LatteStreamStatistics(
                0,
                0,
                0,
                0,
                delivered.sum(),
                failed.sum(),
                0,
                0,
                0,
                0,
                0,
                CircuitBreakerState.DISABLED,
                null,
                null,
                Map.of());
    }

    /** Completes immediately, as there is no service to check. */
    @Override
    public final CompletableFuture<@Nullable Void> ping() {
        return complete(() -> null);
    }

    /** Returns the default name of clients. */
    @Override
    public final String name() {
        return "lattestream";
    }

    /** Returns an empty list, because this client has no connections and no cache. */
    @Override
    public final <T> List<T> unwrapAll(Class<T> type) {
        return List.of();
    }

    /**
     * Returns {@code none}, as there is no service.
     * @return {@code none}
     */
    @Override
    public final String endpoint() {
        return "none";
    }

    /** Returns whether a webhook was signed with the secret; always false without a secret. */
    @Override
    public final boolean verifyWebhookSignature(byte @Nullable [] body, @Nullable String signature) {
        return webhookSigner != null && webhookSigner.verify(body, signature);
    }

    /**
     * Signs a body with the secret.
     * @param body the bytes
     * @return the signature
     * @throws IllegalStateException if there is no secret
     */
    @Override
    public final String generateWebhookSignature(byte[] body) {
        if (webhookSigner == null) {
            throw new IllegalStateException("Cannot sign a webhook: this client has no secret");
        }
        return webhookSigner.sign(body);
    }

    @Override
    public void close() {
        closed.set(true);
    }
}
