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
 * A client that asks no service, for environments that are to send nothing: it refuses bad arguments exactly as the real
 * one does, counts events as delivered, and answers at once, on the calling thread. Nobody is on any channel.
 * Authorizations are signed locally where there is a secret, and otherwise fail with a
 * {@link LatteStreamUnavailableException}, as do client tokens. Subclasses say what else becomes of calls. Thread-safe.
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
     * Creates a client that does nothing but count.
     * @param secret what webhooks and channels are signed with ({@code lsk_...}); null for nothing
     * @param jsonMapper what writes the data of events as JSON
     * @throws IllegalArgumentException if the secret is not such
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
     * Makes a client that also writes each event to the log: at INFO its name, its channels and the length of its data,
     * and with DEBUG for {@code com.lattestream.core.LoggingLatteStreamClient} the data, cut where it is long.
     * @param secret what webhooks and channels are signed with ({@code lsk_...}); null for nothing
     * @param jsonMapper what writes the data of events as JSON
     * @return a client
     * @throws IllegalArgumentException if the secret is not such
     */
    public static OfflineLatteStreamClient logging(@Nullable String secret, JsonMapper jsonMapper) {
        return new LoggingLatteStreamClient(secret, jsonMapper);
    }

    /**
     * Takes events that have been checked.
     * @param events what one call triggers, in order, each with its data as the JSON text that would be sent
     * @throws LatteStreamException fails the call, and counts its events as failed
     */
    protected void accept(List<Event> events) {}

    /**
     * Authorizes a subscription.
     * @param socketId the id of the browser's connection
     * @param channel a private or presence channel
     * @param member who joins; null for nobody
     * @return the authorization, by default signed with the secret
     * @throws LatteStreamException fails the call; by default without a secret
     */
    protected ChannelAuthorization authorize(String socketId, String channel, @Nullable PresenceMember member) {
        if (channelSigner == null) {
            throw new LatteStreamUnavailableException("Nobody can authorize a subscription to " + channel
                    + ": this client asks no service, and has no secret" + " to sign with");
        }
        return member == null
                ? channelSigner.authorizeChannel(socketId, channel)
                : channelSigner.authorizePresenceChannel(socketId, channel, member);
    }

    /**
     * Tells of one channel.
     * @param channel the channel
     * @param attributes what was asked for, besides whether it is occupied
     * @return by default that nobody is there
     * @throws LatteStreamException fails the call
     */
    protected ChannelInfo channelInfo(String channel, Set<ChannelAttribute> attributes) {
        return new ChannelInfo(
                false,
                attributes.contains(ChannelAttribute.USER_COUNT) ? 0 : null,
                attributes.contains(ChannelAttribute.SUBSCRIPTION_COUNT) ? 0 : null);
    }

    /**
     * Tells which channels are occupied.
     * @param prefix how their names begin; empty for all
     * @param attributes what was asked for of each
     * @return by default none
     * @throws LatteStreamException fails the call
     */
    protected Map<String, ChannelInfo> channels(String prefix, Set<ChannelAttribute> attributes) {
        return Map.of();
    }

    /**
     * Tells who is on a presence channel.
     * @param channel the channel
     * @return by default nobody
     * @throws LatteStreamException fails the call
     */
    protected List<PresenceUser> users(String channel) {
        return List.of();
    }

    /**
     * Closes the connections of a user.
     * @param userId the user's id
     * @throws LatteStreamException fails the call
     */
    protected void terminate(String userId) {}

    /**
     * Makes a token that a browser may connect with.
     * @param request what for
     * @return the token; by default there is none
     * @throws LatteStreamException fails the call
     */
    protected ClientToken clientToken(ClientTokenRequest request) {
        throw new LatteStreamUnavailableException(
                "Nobody can make a client token: this client asks no service, which makes them");
    }

    @Override
    public final CompletableFuture<TriggerResult> trigger(@Nullable Event event) {
        return take(List.of(Arguments.requireEvent(event))).thenApply(results -> results.get(0));
    }

    @Override
    public final CompletableFuture<TriggerResult> tryTrigger(@Nullable Event event) {
        return trigger(event);
    }

    @Override
    public final Event encode(@Nullable Event event) {
        Event checked = Arguments.requireEvent(event);
        return checked.withJson(eventEncoder.data(checked));
    }

    @Override
    public final CompletableFuture<List<TriggerResult>> triggerBatch(@Nullable Collection<Event> events) {
        return take(Arguments.requireEvents(events));
    }

    private CompletableFuture<List<TriggerResult>> take(List<Event> events) {
        List<Event> encoded = new ArrayList<>(events.size());
        int parts = 0;
        for (Event event : events) {
            String json = eventEncoder.data(event);
            List<EncodedEvent> requests = eventEncoder.encodeChunks(event, json, EventFormat.BATCH);
            parts += requests.size();
            encoded.add(event.encoded(json));
        }
        int count = parts;
        return answer(() -> {
            hand(encoded, count);
            return events.stream()
                    .map(event -> new TriggerResult(event.channels(), OptionalInt.empty()))
                    .toList();
        });
    }

    private void hand(List<Event> events, int count) {
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
    public final CompletableFuture<ChannelAuthorization> authorizeChannel(
            @Nullable String socketId, @Nullable String channel) {
        String name = ChannelName.requireAuthorizable(channel);
        return authorizeChecked(SocketId.require(socketId), name, null);
    }

    @Override
    public final CompletableFuture<ChannelAuthorization> authorizeChannel(
            @Nullable String socketId, @Nullable String channel, @Nullable PresenceMember member) {
        String name = ChannelName.requirePresence(channel);
        PresenceMember joining = Arguments.requireMember(member);
        return authorizeChecked(SocketId.require(socketId), name, joining);
    }

    private CompletableFuture<ChannelAuthorization> authorizeChecked(
            String socketId, String channel, @Nullable PresenceMember member) {
        // as it would be sent: info that cannot be written is a bad argument
        requestBodies.authorization(socketId, channel, member);
        return answer(() -> authorize(socketId, channel, member));
    }

    @Override
    public final CompletableFuture<ChannelInfo> getChannelInfo(
            @Nullable String channel, ChannelAttribute... attributes) {
        String name = ChannelName.requireReadable(channel);
        Set<ChannelAttribute> asked = asked(attributes);
        return answer(() -> channelInfo(name, asked));
    }

    @Override
    public final CompletableFuture<Map<String, ChannelInfo>> getChannels(
            @Nullable String prefix, ChannelAttribute... attributes) {
        String start = prefix == null ? "" : prefix;
        UriEncoding.queryValue(start);
        Set<ChannelAttribute> asked = asked(attributes);
        return answer(() -> channels(start, asked));
    }

    private static Set<ChannelAttribute> asked(ChannelAttribute... attributes) {
        Set<ChannelAttribute> asked = EnumSet.noneOf(ChannelAttribute.class);
        asked.addAll(List.of(attributes));
        return asked;
    }

    @Override
    public final CompletableFuture<List<PresenceUser>> getUsers(@Nullable String channel) {
        String name = ChannelName.requireReadablePresence(channel);
        return answer(() -> users(name));
    }

    @Override
    public final CompletableFuture<@Nullable Void> terminateUserConnections(@Nullable String userId) {
        String user = Arguments.requireUserId(userId);
        UriEncoding.pathSegment(user);
        return answer(() -> {
            terminate(user);
            return null;
        });
    }

    @Override
    public final CompletableFuture<ClientToken> createClientToken(@Nullable ClientTokenRequest request) {
        ClientTokenRequest checked = Arguments.requireClientTokenRequest(request);
        return answer(() -> clientToken(checked));
    }

    // what the real client throws itself is thrown here as well
    private <T extends @Nullable Object> CompletableFuture<T> answer(Supplier<T> call) {
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
            throw new IllegalStateException("The LatteStream client is closed and takes no more calls");
        }
    }

    /** Counts events as delivered; {@code lastSuccess} stays null, as nothing is asked. */
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
                CircuitBreakerState.DISABLED,
                null,
                null,
                Map.of());
    }

    /** Succeeds, as there is nothing that could be missing. */
    @Override
    public final CompletableFuture<@Nullable Void> ping() {
        return answer(() -> null);
    }

    /** Tells what a client is called by default. */
    @Override
    public final String name() {
        return "lattestream";
    }

    /** Has nothing to hand out: there are no connections, and no cache. */
    @Override
    public final <T> List<T> components(Class<T> type) {
        return List.of();
    }

    /**
     * Tells that there is no service.
     * @return {@code none}
     */
    @Override
    public final String endpoint() {
        return "none";
    }

    /** Tells whether it was signed with the secret; never without one. */
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
            throw new IllegalStateException("This client asks no service, and has no secret to sign webhooks with");
        }
        return webhookSigner.sign(body);
    }

    @Override
    public void close() {
        closed.set(true);
    }
}
