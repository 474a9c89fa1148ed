package com.lattestream.test;

import com.lattestream.core.ChannelAuthorization;
import com.lattestream.core.ChannelName;
import com.lattestream.core.PresenceMember;
import com.lattestream.test.internal.client.ClientAddress;
import com.lattestream.test.internal.client.ClientSocket;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Subscriber for tests: connects to an engine as the browser client does, and waits for the events that a browser would
 * receive. All waits are bounded, by default to 5 seconds. A wait that fails throws an {@link AssertionError} whose
 * message lists the received events. The subscriber does not reconnect automatically. Thread-safe.
 *
 * <pre>{@code
 * try (TestSubscriber subscriber = TestSubscriber.connect(engine)) {
 *     subscriber.subscribe("chat");
 *     latteStream.trigger("chat", "message", Map.of("text", "Hello"));
 *     Message message = subscriber.awaitEvent("chat", "message").dataAs(Message.class);
 * }
 * }</pre>
 */
public final class TestSubscriber implements AutoCloseable {

    private final ClientAddress address;

    private final String publicKey;

    private final SubscriberAuthorizer authorizer;

    private final Duration timeout;

    private final SubscriberState state;

    // in the order of subscription, with the member; an empty Optional if the subscription has no member
    private final Map<String, Optional<PresenceMember>> channels = new LinkedHashMap<>();

    private @Nullable ClientSocket socket;

    private boolean closed;

    private TestSubscriber(Builder builder) {
        this.address = new ClientAddress(builder.endpoint, builder.useTls);
        this.publicKey = builder.publicKey;
        this.authorizer = builder.authorizer;
        this.timeout = builder.timeout;
        this.state = new SubscriberState(builder.maxUnreadEvents);
    }

    /**
     * Connects to an engine. Subscriptions to private and presence channels are signed with the secret of the engine.
     * @param engine the engine
     * @return a connected subscriber
     * @throws IllegalStateException if the connection fails; the message contains the cause
     */
    public static TestSubscriber connect(EmbeddedLatteStreamServer engine) {
        return builder(engine).connect();
    }

    /**
     * Creates a builder of a subscriber for an engine. By default, subscriptions to private and presence channels are
     * signed with the secret of the engine.
     * @param engine the engine
     * @return a builder
     */
    public static Builder builder(EmbeddedLatteStreamServer engine) {
        Builder builder = builder(engine.endpoint(), engine.publicKey());
        builder.authorizer = SubscriberAuthorizer.signing(engine.secret());
        return builder;
    }

    /**
     * Creates a builder of a subscriber for any endpoint.
     * @param endpoint {@code host[:port][/base]}, without a scheme
     * @param publicKey the public key, {@code lspk_...}
     * @return a builder
     * @throws IllegalArgumentException if an argument is not valid
     */
    public static Builder builder(String endpoint, String publicKey) {
        return new Builder(endpoint, publicKey);
    }

    /**
     * Subscribes to a channel and waits for the confirmation. Has no effect if this subscriber is already subscribed.
     * @param channel the channel
     * @return this subscriber
     * @throws SubscriptionRefusedException if the application or the engine refuses the subscription
     * @throws IllegalArgumentException if the channel name is not valid, or the channel is a presence channel and the
     * test must provide the member
     */
    public TestSubscriber subscribe(String channel) {
        return subscribe(channel, Optional.empty());
    }

    /**
     * Subscribes to a presence channel as the given member and waits for the confirmation.
     * @param channel a presence channel
     * @param member the member
     * @return this subscriber
     * @throws SubscriptionRefusedException if the engine refuses the subscription
     * @throws IllegalArgumentException if the channel is not a presence channel, or the application determines the
     * member
     */
    public TestSubscriber subscribe(String channel, PresenceMember member) {
        return subscribe(channel, Optional.of(member));
    }

    private synchronized TestSubscriber subscribe(String channel, Optional<PresenceMember> member) {
        ClientSocket connected = requireConnected();
        ChannelName.require(channel);
        if (!state.isSubscribed(channel)) {
            channels.put(channel, member);
            subscribe(connected, channel, member.orElse(null));
        }
        return this;
    }

    private void subscribe(ClientSocket connected, String channel, @Nullable PresenceMember member) {
        try {
            ObjectNode data = JsonMapper.shared().createObjectNode().put("channel", channel);
            if (ChannelName.isAuthorizable(channel)) {
                ChannelAuthorization authorization = authorizer.authorize(state.socketId(), channel, member);
                data.put("auth", authorization.auth());
                if (authorization.channelData() != null) {
                    data.put("channel_data", authorization.channelData());
                }
            } else if (member != null) {
                throw new IllegalArgumentException(
                        "'" + channel + "' has no members: only presence-... channels have members");
            }
            connected.send(frame("lattestream:subscribe").set("data", data).toString());
            String outcome = state.await(timeout, () -> state.subscriptionOutcome(channel));
            if (outcome == null) {
                throw new AssertionError("No response to the subscription to '" + channel + "' within " + timeout + "."
                        + state.describe());
            }
            if (!outcome.isEmpty()) {
                throw new SubscriptionRefusedException(channel, 0, outcome, null);
            }
        } catch (RuntimeException | AssertionError ex) {
            remove(channel);
            throw ex;
        }
    }

    /**
     * Ends a subscription. Unread events of the channel are removed.
     * @param channel the channel
     */
    public synchronized void unsubscribe(String channel) {
        ClientSocket connected = requireConnected();
        ObjectNode frame = frame("lattestream:unsubscribe");
        frame.putObject("data").put("channel", channel);
        connected.send(frame.toString());
        // no event of the channel arrives after the pong
        roundTrip(connected);
        remove(channel);
    }

    private void remove(String channel) {
        channels.remove(channel);
        state.remove(channel);
    }

    /**
     * Waits for an event and marks it as read, so that the next call waits for the next event.
     * @param channel the channel; empty for messages of the engine without a channel, such as {@code lattestream:error}
     * @param name the name of the event
     * @return the first unread event with the name
     * @throws AssertionError if no event arrives in time
     * @throws IllegalStateException if this subscriber is not subscribed to the channel
     */
    public SubscriberEvent awaitEvent(String channel, String name) {
        return awaitEvent(channel, name, timeout);
    }

    /**
     * Waits for an event and marks it as read, so that the next call waits for the next event.
     * @param channel the channel; empty for messages of the engine without a channel, such as {@code lattestream:error}
     * @param name the name of the event
     * @param timeout maximum time to wait
     * @return the first unread event with the name
     * @throws AssertionError if no event arrives in time
     * @throws IllegalStateException if this subscriber is not subscribed to the channel
     */
    public SubscriberEvent awaitEvent(String channel, String name, Duration timeout) {
        requireChannel(channel);
        SubscriberEvent event = state.await(timeout, () -> state.poll(channel, name));
        if (event == null) {
            throw new AssertionError("No event '" + name + "' was received on '" + channel + "' within " + timeout + "."
                    + state.describe());
        }
        return event;
    }

    /**
     * Asserts that there is no unread event with the name. The assertion covers all events that the engine has sent
     * before this call; wait for the futures of triggers before.
     * @param channel the channel
     * @param name the name of the event
     * @throws AssertionError if there is such an event
     * @throws IllegalStateException if this subscriber is not subscribed to the channel, or is not connected
     */
    public void assertNoEvent(String channel, String name) {
        assertNoEvent(channel, name, Duration.ZERO);
    }

    /**
     * Asserts that there is no unread event with the name, and that none arrives for some time.
     * @param channel the channel
     * @param name the name of the event
     * @param duration time to wait, always in full
     * @throws AssertionError if there is such an event, or one arrives
     * @throws IllegalStateException if this subscriber is not subscribed to the channel, or is not connected
     */
    public void assertNoEvent(String channel, String name, Duration duration) {
        requireChannel(channel);
        roundTrip(requireConnected());
        String unexpected = state.await(duration, () -> state.findUnexpected(channel, name));
        if (unexpected != null) {
            throw new AssertionError(
                    "Expected no event '" + name + "' on '" + channel + "'. " + unexpected + state.describe());
        }
        // without a connection no event can arrive, so the absence of events would prove nothing
        requireConnected();
    }

    // frames are delivered in order: all frames that were sent before the pong have been received
    private void roundTrip(ClientSocket connected) {
        long number = state.nextPing();
        ObjectNode ping = frame("lattestream:ping");
        ping.putObject("data");
        connected.send(ping.toString());
        if (state.await(timeout, () -> state.pongs() >= number ? Boolean.TRUE : null) == null) {
            throw new AssertionError("No response to a ping within " + timeout + "." + state.describe());
        }
    }

    /**
     * Returns the events that have been received and not read, without marking them as read.
     * @return the events in the order of arrival; an unmodifiable snapshot
     */
    public List<SubscriberEvent> unreadEvents() {
        return state.unread();
    }

    /**
     * Sends a client event to the other subscribers of a channel. The engine decides whether the event is delivered; if
     * not, this subscriber receives an event {@code lattestream:error} without a channel.
     * @param channel a private or presence channel
     * @param name the name of the event, {@code client-...}
     * @param data data that can be serialized to JSON; null for no data
     * @throws IllegalStateException if this subscriber is not subscribed to the channel
     */
    public void trigger(String channel, String name, @Nullable Object data) {
        requireChannel(channel);
        ObjectNode frame = frame(name).put("channel", channel);
        if (data != null) {
            frame.set("data", JsonMapper.shared().valueToTree(data));
        }
        requireConnected().send(frame.toString());
    }

    /**
     * Returns the members of a presence channel known to this subscriber, including itself.
     * @param channel a presence channel
     * @return the info of the members by their ids; an unmodifiable snapshot
     * @throws IllegalStateException if this subscriber is not subscribed to the channel
     */
    public Map<String, JsonNode> members(String channel) {
        requireChannel(channel);
        return state.membersOf(channel);
    }

    /**
     * Waits until the members of a presence channel are exactly the given ones.
     * @param channel a presence channel
     * @param userIds the ids of the members, including that of this subscriber
     * @throws AssertionError if the members differ after the timeout
     * @throws IllegalStateException if this subscriber is not subscribed to the channel
     */
    public void awaitMembers(String channel, String... userIds) {
        requireChannel(channel);
        Set<String> expected = Set.of(userIds);
        Object found =
                state.await(timeout, () -> state.membersOf(channel).keySet().equals(expected) ? Boolean.TRUE : null);
        if (found == null) {
            throw new AssertionError("Expected the members " + expected + " on '" + channel + "' within " + timeout
                    + ", but found " + state.membersOf(channel).keySet() + "." + state.describe());
        }
    }

    /**
     * Returns the id of the connection.
     * @return the id, such as for {@code excludingSocket}; changes with every connection
     */
    public String socketId() {
        return state.socketId();
    }

    /**
     * Returns whether this subscriber is connected.
     * @return true if the connection is established and has not been closed, as far as this subscriber knows
     */
    public boolean isConnected() {
        return state.connectedSocketId() != null;
    }

    /** Closes the connection, as a browser does when its user leaves the page. Unread events are kept. */
    public synchronized void disconnect() {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    /**
     * Waits until the engine has closed the connection.
     * @return the close code, such as 1001; 1006 if the connection was lost
     * @throws AssertionError if the connection is still open after the timeout
     */
    public int awaitDisconnect() {
        Integer code = state.await(timeout, state::closeCode);
        if (code == null) {
            throw new AssertionError("The connection was not closed within " + timeout + "." + state.describe());
        }
        return code;
    }

    /**
     * Reconnects, after disconnecting if necessary, and subscribes to all channels again. As with the browser client,
     * each subscription is authorized again.
     * @return this subscriber
     * @throws IllegalStateException if the connection fails
     * @throws SubscriptionRefusedException if a subscription is refused
     */
    public synchronized TestSubscriber reconnect() {
        disconnect();
        ClientSocket connected = open();
        for (Map.Entry<String, Optional<PresenceMember>> channel : List.copyOf(channels.entrySet())) {
            subscribe(connected, channel.getKey(), channel.getValue().orElse(null));
        }
        return this;
    }

    private synchronized ClientSocket open() {
        if (closed) {
            throw new IllegalStateException("This subscriber is closed");
        }
        ClientSocket opened = ClientSocket.open(address, publicKey, state.startConnection(), timeout);
        if (state.await(timeout, state::connectedSocketId) == null) {
            opened.close();
            throw new IllegalStateException(
                    "No connection to " + address.endpoint() + " was established. " + state.connection());
        }
        socket = opened;
        return opened;
    }

    private synchronized ClientSocket requireConnected() {
        if (socket == null || !isConnected()) {
            throw new IllegalStateException(
                    closed ? "This subscriber is closed" : "This subscriber is not connected. " + state.connection());
        }
        return socket;
    }

    private synchronized void requireChannel(String channel) {
        if (!channel.isEmpty() && !channels.containsKey(channel)) {
            throw new IllegalStateException(
                    "This subscriber is not subscribed to '" + channel + "', only to " + channels.keySet());
        }
    }

    private static ObjectNode frame(String event) {
        return JsonMapper.shared().createObjectNode().put("event", event);
    }

    /** Disconnects permanently. Closing a subscriber again has no effect. */
    @Override
    public synchronized void close() {
        closed = true;
        disconnect();
    }

    /** Returns the endpoint and the id of the connection, without secrets. */
    @Override
    public String toString() {
        return "TestSubscriber[" + address.endpoint() + ", " + state.connection() + "]";
    }

    /** Builder for {@link TestSubscriber}. Not thread-safe. */
    public static final class Builder {

        private final String endpoint;

        private final String publicKey;

        private boolean useTls;

        private SubscriberAuthorizer authorizer = SubscriberAuthorizer.unsupported();

        private Duration timeout = Duration.ofSeconds(5);

        private int maxUnreadEvents = 10_000;

        private Builder(String endpoint, String publicKey) {
            this.useTls = ClientAddress.isRemote(endpoint);
            this.endpoint = new ClientAddress(endpoint, useTls).endpoint();
            if (!publicKey.matches("lspk_[A-Za-z0-9_.~-]+")) {
                throw new IllegalArgumentException(
                        "The public key must be lspk_ followed by letters, digits or - _ . ~");
            }
            this.publicKey = publicKey;
        }

        /**
         * Sets whether to use TLS.
         * @param useTls defaults to false for this machine, and to true for other hosts
         * @return this builder
         */
        public Builder useTls(boolean useTls) {
            this.useTls = useTls;
            return this;
        }

        /**
         * Sets a function that authorizes subscriptions to private and presence channels. If it throws an exception,
         * the subscription is refused.
         * @param authorizer receives the id of the connection and the channel, such as
         * {@code LatteStreamTemplate::authorizeChannel} of a template
         * @return this builder
         */
        public Builder authorizer(BiFunction<String, String, ChannelAuthorization> authorizer) {
            this.authorizer = SubscriberAuthorizer.calling(Objects.requireNonNull(authorizer, "authorizer"));
            return this;
        }

        /**
         * Sets the authorization endpoint of the application, to which requests are sent as the browser client does.
         * @param url the URL of the endpoint, such as {@code http://localhost:8080/auth}
         * @param headers headers that authenticate the user, such as {@code Authorization} or {@code Cookie}
         * @return this builder
         * @throws IllegalArgumentException if the URL is not valid
         */
        public Builder authEndpoint(String url, Map<String, String> headers) {
            if (!url.matches("https?://[^/\\s]+(/\\S*)?")) {
                throw new IllegalArgumentException(
                        "The auth endpoint '" + url + "' must start with http:// or https://");
            }
            URI uri = URI.create(url);
            Map<String, String> sent = Map.copyOf(headers);
            this.authorizer = (socketId, channel, member) ->
                    SubscriberAuthorizer.endpoint(uri, sent, timeout).authorize(socketId, channel, member);
            return this;
        }

        /**
         * Sets the default timeout of all waits.
         * @param timeout longer than zero; defaults to 5 seconds
         * @return this builder
         * @throws IllegalArgumentException if the timeout is zero or negative
         */
        public Builder timeout(Duration timeout) {
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("A timeout of " + timeout + " must be longer than zero");
            }
            this.timeout = timeout;
            return this;
        }

        /**
         * Sets the maximum number of unread events. Further events are dropped; the messages of failed waits mention
         * them.
         * @param maxUnreadEvents at least 1; defaults to 10,000
         * @return this builder
         * @throws IllegalArgumentException if the number is less than 1
         */
        public Builder maxUnreadEvents(int maxUnreadEvents) {
            if (maxUnreadEvents < 1) {
                throw new IllegalArgumentException("maxUnreadEvents of " + maxUnreadEvents + " must be at least 1");
            }
            this.maxUnreadEvents = maxUnreadEvents;
            return this;
        }

        /**
         * Connects to the endpoint.
         * @return a connected subscriber
         * @throws IllegalStateException if the connection fails; the message contains the cause
         */
        public TestSubscriber connect() {
            TestSubscriber subscriber = new TestSubscriber(this);
            subscriber.open();
            return subscriber;
        }
    }
}
