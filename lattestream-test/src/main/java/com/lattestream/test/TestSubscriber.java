package com.lattestream.test;

import com.lattestream.core.ChannelAuthorization;
import com.lattestream.core.PresenceMember;
import com.lattestream.test.internal.channel.ChannelNames;
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
 * A subscriber for tests: connects to an engine as the browser client does, and waits for what the browser would hear.
 * All waits are bounded, by 5 seconds unless told otherwise; those that fail throw an {@link AssertionError} that tells
 * what came instead. It does not reconnect by itself. Thread-safe.
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

    // in the order in which they were asked for, with who joins; an empty Optional for nobody
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
     * Connects to an engine. Subscriptions to private and presence channels are signed with the engine's secret.
     * @param engine the engine
     * @return a connected subscriber
     * @throws IllegalStateException if it cannot connect; the message says why
     */
    public static TestSubscriber connect(EmbeddedLatteStreamServer engine) {
        return builder(engine).connect();
    }

    /**
     * Starts a subscriber with options for an engine. Subscriptions to private and presence channels are signed with the
     * engine's secret, unless told otherwise.
     * @param engine the engine
     * @return a builder
     */
    public static Builder builder(EmbeddedLatteStreamServer engine) {
        Builder builder = builder(engine.endpoint(), engine.publicKey());
        builder.authorizer = SubscriberAuthorizer.signing(engine.secret());
        return builder;
    }

    /**
     * Starts a subscriber with options, for an engine anywhere.
     * @param endpoint {@code host[:port][/base]}, without a scheme
     * @param publicKey what to connect with, {@code lspk_...}
     * @return a builder
     * @throws IllegalArgumentException if one of them is not such
     */
    public static Builder builder(String endpoint, String publicKey) {
        return new Builder(endpoint, publicKey);
    }

    /**
     * Subscribes, and waits until that is done. Does nothing where this subscriber is subscribed already.
     * @param channel the channel
     * @return this subscriber
     * @throws SubscriptionRefusedException if the application does not authorize it, or the engine refuses it
     * @throws IllegalArgumentException if the channel is not valid, or it is a presence channel and it is for the test to
     * say who joins
     */
    public TestSubscriber subscribe(String channel) {
        return subscribe(channel, Optional.empty());
    }

    /**
     * Subscribes to a presence channel as a member of the test's choice, and waits until that is done.
     * @param channel a presence channel
     * @param member who joins
     * @return this subscriber
     * @throws SubscriptionRefusedException if the engine refuses it
     * @throws IllegalArgumentException if the channel is no presence channel, or an authorizer of the application says
     * who joins
     */
    public TestSubscriber subscribe(String channel, PresenceMember member) {
        return subscribe(channel, Optional.of(member));
    }

    private synchronized TestSubscriber subscribe(String channel, Optional<PresenceMember> member) {
        ClientSocket connected = requireConnected();
        String problem = ChannelNames.problem(channel);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        if (!state.isSubscribed(channel)) {
            channels.put(channel, member);
            subscribe(connected, channel, member.orElse(null));
        }
        return this;
    }

    private void subscribe(ClientSocket connected, String channel, @Nullable PresenceMember member) {
        try {
            ObjectNode data = JsonMapper.shared().createObjectNode().put("channel", channel);
            if (ChannelNames.isRestricted(channel)) {
                ChannelAuthorization authorization = authorizer.authorize(state.socketId(), channel, member);
                data.put("auth", authorization.auth());
                if (authorization.channelData() != null) {
                    data.put("channel_data", authorization.channelData());
                }
            } else if (member != null) {
                throw new IllegalArgumentException("'" + channel + "' has no members: it must be presence-...");
            }
            connected.send(frame("lattestream:subscribe").set("data", data).toString());
            String answer = state.await(timeout, () -> state.answer(channel));
            if (answer == null) {
                throw new AssertionError("The subscription to '" + channel + "' was not answered within " + timeout
                        + "." + state.describe());
            }
            if (!answer.isEmpty()) {
                throw new SubscriptionRefusedException(channel, 0, answer, null);
            }
        } catch (RuntimeException | AssertionError ex) {
            forget(channel);
            throw ex;
        }
    }

    /**
     * Ends a subscription. What came on the channel and is unread is forgotten.
     * @param channel the channel
     */
    public synchronized void unsubscribe(String channel) {
        ClientSocket connected = requireConnected();
        ObjectNode frame = frame("lattestream:unsubscribe");
        frame.putObject("data").put("channel", channel);
        connected.send(frame.toString());
        // when it is answered, nothing more comes
        roundTrip(connected);
        forget(channel);
    }

    private void forget(String channel) {
        channels.remove(channel);
        state.forget(channel);
    }

    /**
     * Waits for an event, which is then read: the next call waits for the next one.
     * @param channel the channel; empty for what the engine says of none, such as {@code lattestream:error}
     * @param name the event's name
     * @return the first unread one
     * @throws AssertionError if none comes
     * @throws IllegalStateException if this subscriber is not subscribed to the channel
     */
    public SubscriberEvent awaitEvent(String channel, String name) {
        return awaitEvent(channel, name, timeout);
    }

    /**
     * Waits for an event, which is then read: the next call waits for the next one.
     * @param channel the channel; empty for what the engine says of none, such as {@code lattestream:error}
     * @param name the event's name
     * @param timeout how long to wait at most
     * @return the first unread one
     * @throws AssertionError if none comes in time
     * @throws IllegalStateException if this subscriber is not subscribed to the channel
     */
    public SubscriberEvent awaitEvent(String channel, String name, Duration timeout) {
        requireChannel(channel);
        SubscriberEvent event = state.await(timeout, () -> state.take(channel, name));
        if (event == null) {
            throw new AssertionError(
                    "No event '" + name + "' came on '" + channel + "' within " + timeout + "." + state.describe());
        }
        return event;
    }

    /**
     * Asserts that there is no unread event of a name, up to now: all that the engine had sent before this call has been
     * received when it looks. Join the futures of triggers before.
     * @param channel the channel
     * @param name the event's name
     * @throws AssertionError if there is one
     * @throws IllegalStateException if this subscriber is not subscribed to the channel, or is not connected
     */
    public void assertNoEvent(String channel, String name) {
        assertNoEvent(channel, name, Duration.ZERO);
    }

    /**
     * Asserts that there is no unread event of a name, and that none comes for some time.
     * @param channel the channel
     * @param name the event's name
     * @param duration how long to watch, in full
     * @throws AssertionError if there is one, or one comes
     * @throws IllegalStateException if this subscriber is not subscribed to the channel, or is not connected
     */
    public void assertNoEvent(String channel, String name, Duration duration) {
        requireChannel(channel);
        roundTrip(requireConnected());
        String unwanted = state.await(duration, () -> state.unwanted(channel, name));
        if (unwanted != null) {
            throw new AssertionError(
                    "No event '" + name + "' was to come on '" + channel + "'. " + unwanted + state.describe());
        }
        // who is gone hears nothing, which says nothing
        requireConnected();
    }

    // frames keep their order: what was sent before the answer has come before it
    private void roundTrip(ClientSocket connected) {
        long number = state.nextPing();
        ObjectNode ping = frame("lattestream:ping");
        ping.putObject("data");
        connected.send(ping.toString());
        if (state.await(timeout, () -> state.pongs() >= number ? Boolean.TRUE : null) == null) {
            throw new AssertionError("A ping was not answered within " + timeout + "." + state.describe());
        }
    }

    /**
     * Returns what has come and was not read, without reading it.
     * @return the events in the order in which they came; unmodifiable, and not updated later
     */
    public List<SubscriberEvent> unreadEvents() {
        return state.unread();
    }

    /**
     * Sends an event of this client to the others on a channel. Whether they get it is for the engine to say; if it
     * refuses, that comes as an event {@code lattestream:error} of no channel.
     * @param channel a private or presence channel
     * @param name the event's name, {@code client-...}
     * @param data anything that can be written as JSON; null for no data
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
     * Returns who is on a presence channel, as far as this subscriber has heard: itself too.
     * @param channel a presence channel
     * @return the members' info by their ids; unmodifiable, and not updated later
     * @throws IllegalStateException if this subscriber is not subscribed to the channel
     */
    public Map<String, JsonNode> members(String channel) {
        requireChannel(channel);
        return state.membersOf(channel);
    }

    /**
     * Waits until exactly certain members are on a presence channel: for some to come, or to go.
     * @param channel a presence channel
     * @param userIds the members' ids, that of this subscriber among them
     * @throws AssertionError if they are not in time
     * @throws IllegalStateException if this subscriber is not subscribed to the channel
     */
    public void awaitMembers(String channel, String... userIds) {
        requireChannel(channel);
        Set<String> expected = Set.of(userIds);
        Object found =
                state.await(timeout, () -> state.membersOf(channel).keySet().equals(expected) ? Boolean.TRUE : null);
        if (found == null) {
            throw new AssertionError("Not exactly " + expected + " were on '" + channel + "' within " + timeout
                    + ", but " + state.membersOf(channel).keySet() + "." + state.describe());
        }
    }

    /**
     * Returns who this connection is.
     * @return the connection's id, for {@code excludingSocket} and the like; another one after each connecting
     */
    public String socketId() {
        return state.socketId();
    }

    /**
     * Tells whether there is a connection.
     * @return whether it is open, as far as this subscriber has heard
     */
    public boolean isConnected() {
        return state.connectedAs() != null;
    }

    /** Closes the connection, as a browser does whose page is left. What is unread stays. */
    public synchronized void disconnect() {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    /**
     * Waits until the engine has closed the connection.
     * @return the code with which it was closed, such as 1001; 1006 for a connection that broke
     * @throws AssertionError if it is still open
     */
    public int awaitDisconnect() {
        Integer code = state.await(timeout, state::closeCode);
        if (code == null) {
            throw new AssertionError("The connection was not closed within " + timeout + "." + state.describe());
        }
        return code;
    }

    /**
     * Connects anew, after disconnecting if need be, and subscribes again to all channels, each authorized again, as the
     * browser client does.
     * @return this subscriber
     * @throws IllegalStateException if it cannot connect
     * @throws SubscriptionRefusedException if a subscription is refused this time
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
        ClientSocket opened = ClientSocket.open(address, publicKey, state.connecting(), timeout);
        if (state.await(timeout, state::connectedAs) == null) {
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

    /** Disconnects for good. Closing again does nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        disconnect();
    }

    /** Returns where it is connected to, and as whom; nothing secret. */
    @Override
    public String toString() {
        return "TestSubscriber[" + address.endpoint() + ", " + state.connection() + "]";
    }

    /** Collects what a subscriber is made with. Not thread-safe. */
    public static final class Builder {

        private final String endpoint;

        private final String publicKey;

        private boolean useTls;

        private SubscriberAuthorizer authorizer = SubscriberAuthorizer.none();

        private Duration timeout = Duration.ofSeconds(5);

        private int maxUnreadEvents = 10_000;

        private Builder(String endpoint, String publicKey) {
            this.useTls = ClientAddress.isRemote(endpoint);
            this.endpoint = new ClientAddress(endpoint, useTls).endpoint();
            if (!publicKey.matches("lspk_[A-Za-z0-9_.~-]+")) {
                throw new IllegalArgumentException("The public key must be lspk_ and then letters, digits or - _ . ~");
            }
            this.publicKey = publicKey;
        }

        /**
         * Sets whether to use TLS.
         * @param useTls by default false for this machine, and true for others
         * @return this builder
         */
        public Builder useTls(boolean useTls) {
            this.useTls = useTls;
            return this;
        }

        /**
         * Has a function authorize subscriptions to private and presence channels. What it throws refuses them.
         * @param authorizer given the connection's id and the channel, such as
         * {@code LatteStreamTemplate::authorizeChannel} of a template
         * @return this builder
         */
        public Builder authorizer(BiFunction<String, String, ChannelAuthorization> authorizer) {
            this.authorizer = SubscriberAuthorizer.calling(Objects.requireNonNull(authorizer, "authorizer"));
            return this;
        }

        /**
         * Has the application authorize subscriptions to private and presence channels, asking as the browser client
         * does.
         * @param url its endpoint, such as {@code http://localhost:8080/auth}
         * @param headers what shows who the user is, such as {@code Authorization} or {@code Cookie}
         * @return this builder
         * @throws IllegalArgumentException if it is no such URL
         */
        public Builder authEndpoint(String url, Map<String, String> headers) {
            if (!url.matches("https?://[^/\\s]+(/\\S*)?")) {
                throw new IllegalArgumentException(
                        "The auth endpoint '" + url + "' must start with http:// or https://");
            }
            URI uri = URI.create(url);
            Map<String, String> sent = Map.copyOf(headers);
            this.authorizer = (socketId, channel, member) ->
                    SubscriberAuthorizer.asking(uri, sent, timeout).authorize(socketId, channel, member);
            return this;
        }

        /**
         * Sets how long to wait at most, unless a call says so itself.
         * @param timeout longer than zero; 5 seconds by default
         * @return this builder
         * @throws IllegalArgumentException if it is not
         */
        public Builder timeout(Duration timeout) {
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("A timeout of " + timeout + " must be longer than zero");
            }
            this.timeout = timeout;
            return this;
        }

        /**
         * Sets how many events may wait to be read. Further ones are dropped, and waits that fail say so.
         * @param maxUnreadEvents at least 1; 10,000 by default
         * @return this builder
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxUnreadEvents(int maxUnreadEvents) {
            if (maxUnreadEvents < 1) {
                throw new IllegalArgumentException("maxUnreadEvents of " + maxUnreadEvents + " must be at least 1");
            }
            this.maxUnreadEvents = maxUnreadEvents;
            return this;
        }

        /**
         * Connects.
         * @return a connected subscriber
         * @throws IllegalStateException if it cannot connect; the message says why
         */
        public TestSubscriber connect() {
            TestSubscriber subscriber = new TestSubscriber(this);
            subscriber.open();
            return subscriber;
        }
    }
}
