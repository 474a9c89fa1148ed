package com.lattestream.test;

import com.lattestream.core.crypto.LatteStreamSecret;
import com.lattestream.test.internal.access.AllowedOrigins;
import com.lattestream.test.internal.access.ClientTokens;
import com.lattestream.test.internal.access.DiscoveryTokens;
import com.lattestream.test.internal.access.OriginGuard;
import com.lattestream.test.internal.access.OriginHandler;
import com.lattestream.test.internal.access.PublicKey;
import com.lattestream.test.internal.access.RandomTokens;
import com.lattestream.test.internal.access.RequestAuthenticator;
import com.lattestream.test.internal.access.SubscriptionAccess;
import com.lattestream.test.internal.channel.Channels;
import com.lattestream.test.internal.channel.Limits;
import com.lattestream.test.internal.console.Console;
import com.lattestream.test.internal.fault.FaultHandler;
import com.lattestream.test.internal.fault.FaultPlan;
import com.lattestream.test.internal.request.RequestHistory;
import com.lattestream.test.internal.request.RequestRecorder;
import com.lattestream.test.internal.rest.JsonErrors;
import com.lattestream.test.internal.rest.RestHandler;
import com.lattestream.test.internal.socket.SocketHandler;
import com.lattestream.test.internal.socket.SocketTimeouts;
import com.lattestream.test.internal.webhook.WebhookSender;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A LatteStream engine within this process, for tests and for development without the service. It takes events over
 * the REST interface, checking signatures as the service does, delivers them to the subscribers of public, private and
 * presence channels over WebSockets, and posts webhooks to the application. {@link #consoleUrl() A page} shows all of it
 * as it happens, and it can be told to {@linkplain #faults() fail}. It listens on the loopback address unless told
 * otherwise, keeps everything in memory, within limits, and its threads do not keep a JVM alive. Thread-safe.
 *
 * <pre>{@code
 * try (EmbeddedLatteStreamServer engine = EmbeddedLatteStreamServer.builder().start()) {
 *     LatteStreamClient client = LatteStreamClient.builder(engine.secret())
 *             .endpoint(engine.endpoint())
 *             .useTls(false)
 *             .build();
 *     client.trigger("chat", "message", Map.of("text", "Hello")).join();
 *     assertThat(engine.events()).hasSize(1);
 * }
 * }</pre>
 */
public final class EmbeddedLatteStreamServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedLatteStreamServer.class);

    private final LatteStreamSecret secret;

    private final PublicKey publicKey;

    private final WebhookSender webhooks;

    private final Channels channels;

    private final SocketHandler sockets;

    private final FaultPlan faultPlan = new FaultPlan();

    private final RequestHistory requests;

    private final ListeningServer listening;

    private final InetAddress bindAddress;

    private final int port;

    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedLatteStreamServer(Builder builder) {
        this.secret = builder.secret == null ? randomSecret() : builder.secret;
        this.publicKey = builder.publicKey;
        this.bindAddress = builder.bindAddress;
        Limits limits = builder.limits();
        Console console = new Console(secret, builder.clock);
        this.webhooks = new WebhookSender(secret.reveal(), builder.clock, console.webhooks());
        this.channels = new Channels(webhooks, console.traffic(), limits);
        this.requests = new RequestHistory(limits.maxHistory());
        webhooks.url(builder.webhookUrl, null);
        this.listening = new ListeningServer(bindAddress, builder.port);
        Server server = listening.server();
        DiscoveryTokens discoveryTokens = new DiscoveryTokens(builder.clock);
        ClientTokens clientTokens = new ClientTokens(builder.clock);
        SubscriptionAccess access = new SubscriptionAccess(secret, clientTokens, builder.clock);
        this.sockets = new SocketHandler(
                server,
                publicKey,
                discoveryTokens,
                clientTokens,
                access,
                channels,
                limits,
                builder.timeouts(),
                console.sockets());
        RestHandler rest = new RestHandler(
                new RequestAuthenticator(secret, builder.clock),
                builder.bodyTimeout,
                publicKey,
                discoveryTokens,
                clientTokens,
                access,
                channels,
                limits);
        OriginGuard origins = new OriginGuard(builder.allowedOrigins);
        server.setErrorHandler(new JsonErrors());
        server.setRequestLog(console.calls());
        // the console is looked at, and not tested
        server.setHandler(new Handler.Sequence(
                console.handler(
                        server, bindAddress, publicKey, channels, webhooks, limits, origins, builder.bodyTimeout),
                new RequestRecorder(
                        requests,
                        new OriginHandler(origins, new FaultHandler(faultPlan, new Handler.Sequence(rest, sockets))))));
        try {
            listening.start();
        } catch (IllegalStateException ex) {
            webhooks.close();
            throw ex;
        }
        this.port = listening.port();
        announce();
    }

    private static LatteStreamSecret randomSecret() {
        return LatteStreamSecret.of("lsk_local_" + new RandomTokens().next());
    }

    private void announce() {
        log.atLevel(bindAddress.isLoopbackAddress() ? Level.INFO : Level.WARN)
                .log(
                        "Local LatteStream engine: REST on http://{}, WebSocket on ws://{}, console on {}, public key {};"
                                + " bound to {}, {}",
                        endpoint(),
                        endpoint(),
                        consoleUrl(),
                        publicKey(),
                        bindAddress.getHostAddress(),
                        bindAddress.isLoopbackAddress()
                                ? "nothing leaves this machine"
                                : "whoever reaches this address sees all events and can trigger some");
    }

    /**
     * Returns a builder for an engine on a free port, with a random secret and a public key that is always the same.
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns where the engine listens.
     * @return the port, also after closing
     */
    public int port() {
        return port;
    }

    /**
     * Returns where clients find the engine: by the name {@code localhost}, for browser clients connect to a local
     * engine under no other; unless it is bound to an address that has not that name.
     * @return {@code localhost:port}, or {@code address:port}
     */
    public String endpoint() {
        boolean isLocalhost = bindAddress.isLoopbackAddress() || bindAddress.isAnyLocalAddress();
        return (isLocalhost ? "localhost" : inAddress(bindAddress)) + ":" + port;
    }

    private static String inAddress(InetAddress address) {
        return address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
    }

    /**
     * Returns where a browser sees what the engine does: calls, events, connections and webhooks as they happen, and who
     * is there. The page does not show the secret.
     * @return {@code http://localhost:port/console}
     */
    public String consoleUrl() {
        return "http://" + endpoint() + "/console";
    }

    /**
     * Returns what requests are to be signed with.
     * @return the secret, {@code lsk_...}
     */
    public String secret() {
        return secret.reveal();
    }

    /**
     * Returns what browser clients connect with.
     * @return the public key, {@code lspk_...}
     */
    public String publicKey() {
        return publicKey.value();
    }

    /**
     * Returns what has been accepted so far, subscribers or not: the last 10,000 events, unless the builder was given
     * another number, or fewer if their data is more than 32 million characters.
     * @return the events in the order in which they were accepted; unmodifiable, and not updated later
     */
    public List<ReceivedEvent> events() {
        return channels.accepted().stream().map(ReceivedEvent::of).toList();
    }

    /**
     * Returns what the engine was asked so far, refused or not, by its paths: the last 10,000 requests, unless the
     * builder was given another number. Whoever has an answer, or has lost the connection, finds the request here.
     * @return the requests in the order of their answers; unmodifiable, and not updated later
     */
    public List<ReceivedRequest> requests() {
        return requests.snapshot().stream()
                .map(request -> new ReceivedRequest(request.method(), request.path(), request.status()))
                .toList();
    }

    /**
     * Has the engine fail on demand.
     * @return what faults are made with
     */
    public Faults faults() {
        return new Faults(faultPlan);
    }

    /** Counts the faults that no request has met yet. */
    int waitingFaults() {
        return faultPlan.waiting();
    }

    /**
     * Cuts off all WebSockets, without a word, as a broken network does. Their subscriptions have ended when this
     * returns. Clients may connect again; browser clients do so by themselves.
     */
    public void dropConnections() {
        sockets.dropSockets();
    }

    /**
     * Refuses everybody from now on: every call, every discovery and every WebSocket handshake finds its connection
     * reset. WebSockets that are open stay so; {@link #dropConnections()} cuts them off.
     */
    public void refuseConnections() {
        faultPlan.refuseAll(true);
    }

    /** Ends what {@link #refuseConnections()} began. */
    public void acceptConnections() {
        faultPlan.refuseAll(false);
    }

    /**
     * Sets where webhooks go from now on, such as when the application has found a port. They are signed with the secret,
     * and each is tried six times, within about three seconds.
     * @param url {@code http://...} or {@code https://...} of the application; null for none, which is the default
     * @throws IllegalArgumentException if it is no such URL
     */
    public void webhookUrl(@Nullable String url) {
        webhookUrl(url, null);
    }

    /**
     * Sets the URL of webhooks, as {@link #webhookUrl(String)} does, and how connections to it are secured, such as to an
     * application with a self-signed certificate.
     * @param url {@code http://...} or {@code https://...} of the application; null for none
     * @param sslContext the SSL context of connections to the URL; null for the JVM's default. It is not used for
     * {@code http://...}
     * @throws IllegalArgumentException if the URL is not valid
     */
    public void webhookUrl(@Nullable String url, @Nullable SSLContext sslContext) {
        webhooks.url(Builder.httpUrl(url), sslContext);
    }

    /**
     * Returns where webhooks go.
     * @return the URL, if there is one
     */
    public Optional<String> webhookUrl() {
        return webhooks.url().map(URI::toString);
    }

    /**
     * Forgets the events accepted so far, so that a test does not see those of tests before it. Who is subscribed stays
     * so. Events that are still under way are seen later: join the futures of their triggers, or the client's
     * {@code flushBatch()}, before.
     */
    public void clearEvents() {
        channels.clearAccepted();
    }

    /**
     * Stops listening and closes all connections. Closing again does nothing.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            // first, as nobody is to hear that everybody leaves
            webhooks.close();
            sockets.closeSockets();
            listening.stop();
        }
    }

    /** Returns where the engine is; nothing secret. */
    @Override
    public String toString() {
        return "EmbeddedLatteStreamServer[" + endpoint() + "]";
    }

    /** Collects what an engine is started with. Not thread-safe. */
    public static final class Builder {

        private int port;

        private @Nullable LatteStreamSecret secret;

        private AllowedOrigins allowedOrigins = AllowedOrigins.of(List.of());

        private Duration bodyTimeout = Duration.ofSeconds(30);

        private InetAddress bindAddress = InetAddress.getLoopbackAddress();

        private PublicKey publicKey = PublicKey.of("lspk_local_engine");

        private @Nullable URI webhookUrl;

        private Clock clock = Clock.systemUTC();

        private Duration admissionTimeout = SocketTimeouts.DEFAULT.admission();

        private Duration activityTimeout = SocketTimeouts.DEFAULT.activity();

        private Duration pongTimeout = SocketTimeouts.DEFAULT.pong();

        private int maxConnections = Limits.DEFAULT.maxConnections();

        private int maxChannels = Limits.DEFAULT.maxChannels();

        private int maxSubscriptionsPerConnection = Limits.DEFAULT.maxSubscriptionsPerConnection();

        private int maxPayloadBytes = Limits.DEFAULT.maxPayloadBytes();

        private int maxBatchSize = Limits.DEFAULT.maxBatchSize();

        private int maxHistory = Limits.DEFAULT.maxHistory();

        private Builder() {}

        /**
         * Sets where to listen.
         * @param port 1 to 65535, or 0, the default, for any free port
         * @return this builder
         * @throws IllegalArgumentException if it is no port
         */
        public Builder port(int port) {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("Port " + port + " must be 0, for any free one, to 65535");
            }
            this.port = port;
            return this;
        }

        /**
         * Sets on which address to listen. Everybody who reaches it sees on the console what passes through the engine,
         * and can trigger events there: leave it as it is, unless that is meant.
         * @param address an IP address or a name of this machine, such as {@code 0.0.0.0} for all; default the loopback
         * address, which only this machine reaches
         * @return this builder
         * @throws IllegalArgumentException if there is no such address; whether it is this machine's is seen at the start
         */
        public Builder bindAddress(String address) {
            try {
                if (address.isBlank()) {
                    throw new UnknownHostException(address);
                }
                this.bindAddress = InetAddress.getByName(address);
            } catch (UnknownHostException ex) {
                throw new IllegalArgumentException(
                        "The bind address '" + address + "' must be an IP address, or a name that has one", ex);
            }
            return this;
        }

        /**
         * Sets what requests are to be signed with.
         * @param secret a secret, {@code lsk_...}; by default a random one for each engine, which
         * {@link EmbeddedLatteStreamServer#secret()} returns
         * @return this builder
         * @throws IllegalArgumentException if it is no secret; the message does not repeat it
         */
        public Builder secret(@Nullable String secret) {
            this.secret = LatteStreamSecret.of(secret);
            return this;
        }

        /**
         * Sets what browser clients connect with.
         * @param publicKey a public key, {@code lspk_} and letters, digits or {@code - _ . ~}; default
         * {@code lspk_local_engine}
         * @return this builder
         * @throws IllegalArgumentException if it is no public key
         */
        public Builder publicKey(@Nullable String publicKey) {
            this.publicKey = PublicKey.of(publicKey);
            return this;
        }

        /**
         * Sets the origins whose pages may use the engine, in addition to pages of {@code localhost} and of IP addresses.
         * Requests of other pages are refused with the status 403: calls, discovery and WebSocket handshakes. The hosts of
         * these origins are also names by which the engine can be reached; others than these, {@code localhost} and IP
         * addresses are refused.
         * @param origins each {@code http://host[:port]} or {@code https://host[:port]}; none by default
         * @return this builder
         * @throws IllegalArgumentException if one of them is no origin; the message names it
         */
        public Builder allowedOrigins(String... origins) {
            return allowedOrigins(List.of(origins));
        }

        /**
         * Sets the origins whose pages may use the engine, as {@link #allowedOrigins(String...)} does.
         * @param origins each {@code http://host[:port]} or {@code https://host[:port]}; none by default
         * @return this builder
         * @throws IllegalArgumentException if one of them is no origin; the message names it
         */
        public Builder allowedOrigins(Collection<String> origins) {
            this.allowedOrigins = AllowedOrigins.of(origins);
            return this;
        }

        /**
         * Sets where webhooks go. They can be sent elsewhere later: {@link EmbeddedLatteStreamServer#webhookUrl}.
         * @param url {@code http://...} or {@code https://...} of the application; null for none, which is the default
         * @return this builder
         * @throws IllegalArgumentException if it is no such URL
         */
        public Builder webhookUrl(@Nullable String url) {
            this.webhookUrl = httpUrl(url);
            return this;
        }

        private static @Nullable URI httpUrl(@Nullable String url) {
            if (url == null) {
                return null;
            }
            if (!url.matches("https?://[^/\\s]+(/\\S*)?")) {
                throw new IllegalArgumentException("The webhook URL '" + url + "' must start with http:// or https://");
            }
            URI parsed = URI.create(url);
            if (parsed.getHost() == null) {
                throw new IllegalArgumentException("The webhook URL '" + url
                        + "' must have a host name of letters, digits, dots and hyphens, which an underscore is not");
            }
            return parsed;
        }

        /**
         * Sets how many WebSockets may be open at once. Who comes too late is answered 503.
         * @param maxConnections how many; at least 1, and 10,000 by default
         * @return this builder
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder maxConnections(int maxConnections) {
            this.maxConnections = requireSome("maxConnections", maxConnections);
            return this;
        }

        /**
         * Sets how many channels may be occupied at once. Subscriptions beyond are refused with an error.
         * @param maxChannels how many; at least 1, and 50,000 by default
         * @return this builder
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder maxChannels(int maxChannels) {
            this.maxChannels = requireSome("maxChannels", maxChannels);
            return this;
        }

        /**
         * Sets how many channels one WebSocket may be subscribed to at once. Subscriptions beyond are refused with
         * an error.
         * @param maxSubscriptionsPerConnection how many; at least 1, and 500 by default
         * @return this builder
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder maxSubscriptionsPerConnection(int maxSubscriptionsPerConnection) {
            this.maxSubscriptionsPerConnection =
                    requireSome("maxSubscriptionsPerConnection", maxSubscriptionsPerConnection);
            return this;
        }

        /**
         * Sets how much data an event may carry. An event with more, or a batch with such an event, is answered 413; a
         * client event with more is answered with an error. A WebSocket that sends a frame of more than 16 times as much, and
         * of more than 64 KiB, is closed.
         * @param maxPayloadBytes how many bytes of UTF-8; at least 1, and 32,768, which is the service's limit, by default
         * @return this builder
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder maxPayloadBytes(int maxPayloadBytes) {
            this.maxPayloadBytes = requireSome("maxPayloadBytes", maxPayloadBytes);
            return this;
        }

        /**
         * Sets how many events one request may carry. More are answered 400.
         * @param maxBatchSize how many; at least 1, and 50 by default
         * @return this builder
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder maxBatchSize(int maxBatchSize) {
            this.maxBatchSize = requireSome("maxBatchSize", maxBatchSize);
            return this;
        }

        /**
         * Sets how many events and requests are remembered. Older ones are forgotten.
         * @param maxHistory how many of each; at least 1, and 10,000 by default
         * @return this builder
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder maxHistory(int maxHistory) {
            this.maxHistory = requireSome("maxHistory", maxHistory);
            return this;
        }

        /**
         * Sets for how long a WebSocket may be silent. Then it is pinged, and cut off if it does not answer within 30
         * seconds. Clients answer pings by themselves, so that only those are hit which are gone. One that has shown
         * its key and subscribes to nothing is left alone: browser clients may forget a socket and leave it open, and
         * closing it makes them drop their good one.
         * @param activityTimeout longer than zero; 2 minutes by default
         * @return this builder
         * @throws IllegalArgumentException if it is not
         */
        public Builder activityTimeout(Duration activityTimeout) {
            if (activityTimeout.isNegative() || activityTimeout.isZero()) {
                throw new IllegalArgumentException(
                        "activityTimeout of " + activityTimeout + " must be longer than zero");
            }
            this.activityTimeout = activityTimeout;
            return this;
        }

        private static int requireSome(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " of " + value + " must be at least 1");
            }
            return value;
        }

        private Limits limits() {
            return new Limits(
                    maxConnections,
                    maxChannels,
                    maxSubscriptionsPerConnection,
                    maxPayloadBytes,
                    maxBatchSize,
                    maxHistory);
        }

        private SocketTimeouts timeouts() {
            return new SocketTimeouts(admissionTimeout, activityTimeout, pongTimeout);
        }

        Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        Builder bodyTimeout(Duration bodyTimeout) {
            this.bodyTimeout = bodyTimeout;
            return this;
        }

        Builder pongTimeout(Duration pongTimeout) {
            this.pongTimeout = pongTimeout;
            return this;
        }

        Builder admissionTimeout(Duration admissionTimeout) {
            this.admissionTimeout = admissionTimeout;
            return this;
        }

        /**
         * Starts an engine.
         * @return the engine, which is listening
         * @throws IllegalStateException if it cannot start, such as for a port in use; the message names the port
         */
        public EmbeddedLatteStreamServer start() {
            return new EmbeddedLatteStreamServer(this);
        }
    }
}
