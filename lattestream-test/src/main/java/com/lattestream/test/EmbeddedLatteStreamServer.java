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
 * Local engine: an in-process emulator of the LatteStream service, for tests and for local development. It accepts
 * events through the REST API and verifies their signatures as the service does. Events are delivered over WebSockets
 * to the subscribers of public, private and presence channels, and webhooks are sent to the application.
 * {@linkplain #consoleUrl() The console} displays all of this as it happens, and {@linkplain #faults() faults} can be
 * injected. By default, the engine listens on the loopback address. All data is kept in memory, within limits, and the
 * threads of the engine do not prevent the JVM from exiting. Thread-safe.
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

    private final RequestHistory<ReceivedRequest> requests;

    private final ListeningServer listening;

    private final InetAddress bindAddress;

    private final int port;

    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedLatteStreamServer(Builder builder) {
        this.secret = builder.secret == null ? randomSecret() : builder.secret;
        this.publicKey = builder.publicKey;
        this.bindAddress = builder.bindAddress;
        Limits limits = builder.limits;
        Console console = new Console(secret, builder.clock);
        this.webhooks = new WebhookSender(secret.reveal(), builder.clock, console.webhooks());
        this.channels = new Channels(webhooks, console.traffic(), limits);
        this.requests = new RequestHistory<>(limits.maxHistory(), ReceivedRequest::new);
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
        // the console is not recorded, and faults do not apply to it
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
                                : "clients that can reach this address can see all events and trigger events");
    }

    /**
     * Creates a builder for an engine on a free port, with a random secret and the default public key.
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the port that the engine listens on.
     * @return the port; also available after closing
     */
    public int port() {
        return port;
    }

    /**
     * Returns the endpoint for clients. The host is {@code localhost}, because browser clients treat no other name as a
     * local engine, unless the engine is bound to an address other than the loopback address.
     * @return {@code localhost:port}, or {@code address:port}
     */
    public String endpoint() {
        boolean isLocalhost = bindAddress.isLoopbackAddress() || bindAddress.isAnyLocalAddress();
        return (isLocalhost ? "localhost" : hostOf(bindAddress)) + ":" + port;
    }

    private static String hostOf(InetAddress address) {
        return address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
    }

    /**
     * Returns the URL of the console, a page that displays requests, events, connections and webhooks as they happen.
     * The console does not show the secret.
     * @return {@code http://localhost:port/console}
     */
    public String consoleUrl() {
        return "http://" + endpoint() + "/console";
    }

    /**
     * Returns the secret that requests must be signed with.
     * @return the secret, {@code lsk_...}
     */
    public String secret() {
        return secret.reveal();
    }

    /**
     * Returns the public key that browser clients connect with.
     * @return the public key, {@code lspk_...}
     */
    public String publicKey() {
        return publicKey.value();
    }

    /**
     * Returns the events accepted so far, with or without subscribers. The most recent 10,000 events are kept, and
     * fewer if their data exceeds 32 million characters in total.
     * @return the events in the order of acceptance; an unmodifiable snapshot
     */
    public List<ReceivedEvent> events() {
        return channels.accepted().stream().map(ReceivedEvent::of).toList();
    }

    /**
     * Returns the requests received so far, including rejected ones. The most recent 10,000 requests are kept. A request
     * is recorded before its response is sent, or its connection is closed, so that a client that has received the
     * response finds the request here.
     * @return the requests in the order of their responses; an unmodifiable snapshot
     */
    public List<ReceivedRequest> requests() {
        return requests.snapshot();
    }

    /**
     * Returns the faults of this engine, to make requests fail or to delay them.
     * @return the faults
     */
    public Faults faults() {
        return new Faults(faultPlan);
    }

    /** Returns the number of faults that no request has used yet. */
    int pendingFaults() {
        return faultPlan.pending();
    }

    /**
     * Drops all WebSocket connections without a close frame, as a network failure does. Their subscriptions have ended
     * when this method returns. Clients can reconnect; browser clients do so automatically.
     */
    public void dropConnections() {
        sockets.dropSockets();
    }

    /**
     * Resets the connection of every new request: REST calls, discovery and WebSocket handshakes. Open WebSockets are
     * not affected; use {@link #dropConnections()} to drop them.
     */
    public void refuseConnections() {
        faultPlan.refuseAll(true);
    }

    /** Accepts connections again after {@link #refuseConnections()}. */
    public void acceptConnections() {
        faultPlan.refuseAll(false);
    }

    /**
     * Sets the URL that webhooks are sent to, for example after the application has been assigned a port. Webhooks are
     * signed with the secret; each one is attempted up to six times, within about three seconds.
     * @param url an {@code http://...} or {@code https://...} URL of the application; null, the default, to send no
     * webhooks
     * @throws IllegalArgumentException if the URL is not valid
     */
    public void webhookUrl(@Nullable String url) {
        webhookUrl(url, null);
    }

    /**
     * Sets the URL that webhooks are sent to, as {@link #webhookUrl(String)} does, with an SSL context for the
     * connections, such as for an application with a self-signed certificate.
     * @param url an {@code http://...} or {@code https://...} URL of the application; null to send no webhooks
     * @param sslContext the SSL context of connections to the URL; null for the default of the JVM. Not used for
     * {@code http://...}
     * @throws IllegalArgumentException if the URL is not valid
     */
    public void webhookUrl(@Nullable String url, @Nullable SSLContext sslContext) {
        webhooks.url(Builder.httpUrl(url), sslContext);
    }

    /**
     * Returns the URL that webhooks are sent to.
     * @return the URL; empty if webhooks are not sent
     */
    public Optional<String> webhookUrl() {
        return webhooks.url().map(URI::toString);
    }

    /**
     * Removes the events accepted so far, so that a test does not find those of earlier tests. Subscriptions are not
     * affected. Events that clients have not sent yet are recorded when they arrive; to avoid this, wait for the
     * futures of their triggers, or call the client's {@code flushBatch()}, before calling this method.
     */
    public void clearEvents() {
        channels.clearAccepted();
    }

    /** Stops listening and closes all connections. Closing an engine again has no effect. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            // first, because no webhooks should be sent for subscriptions that end here
            webhooks.close();
            sockets.closeSockets();
            listening.stop();
        }
    }

    /** Returns the endpoint of the engine, without secrets. */
    @Override
    public String toString() {
        return "EmbeddedLatteStreamServer[" + endpoint() + "]";
    }

    /** Builder for {@link EmbeddedLatteStreamServer}. Not thread-safe. */
    public static final class Builder {

        private int port;

        private @Nullable LatteStreamSecret secret;

        private AllowedOrigins allowedOrigins = AllowedOrigins.of(List.of());

        private Duration bodyTimeout = Duration.ofSeconds(30);

        private InetAddress bindAddress = InetAddress.getLoopbackAddress();

        private PublicKey publicKey = PublicKey.of("lspk_local_engine");

        private @Nullable URI webhookUrl;

        private Clock clock = Clock.systemUTC();

        private Duration authenticationTimeout = SocketTimeouts.DEFAULT.authentication();

        private Duration activityTimeout = SocketTimeouts.DEFAULT.activity();

        private Duration pongTimeout = SocketTimeouts.DEFAULT.pong();

        private Limits limits = Limits.DEFAULT;

        private Builder() {}

        /**
         * Sets the port that the engine listens on.
         * @param port 1 to 65535, or 0, the default, for any free port
         * @return this builder
         * @throws IllegalArgumentException if the port is out of range
         */
        public Builder port(int port) {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("Port " + port + " must be 0 (any free port) to 65535");
            }
            this.port = port;
            return this;
        }

        /**
         * Sets the address that the engine listens on. Clients that can reach this address can use the console, see all
         * events there and trigger events. Change the default only if this is intended.
         * @param address an IP address or a host name of this machine, such as {@code 0.0.0.0} for all addresses;
         * defaults to the loopback address, which only this machine can reach
         * @return this builder
         * @throws IllegalArgumentException if the address cannot be resolved; an address of another machine is detected
         * when the engine starts
         */
        public Builder bindAddress(String address) {
            try {
                if (address.isBlank()) {
                    throw new UnknownHostException(address);
                }
                this.bindAddress = InetAddress.getByName(address);
            } catch (UnknownHostException ex) {
                throw new IllegalArgumentException(
                        "The bind address '" + address + "' must be an IP address or a host name that can be resolved",
                        ex);
            }
            return this;
        }

        /**
         * Sets the secret that requests must be signed with.
         * @param secret a secret, {@code lsk_...}; by default a random one for each engine, which
         * {@link EmbeddedLatteStreamServer#secret()} returns
         * @return this builder
         * @throws IllegalArgumentException if the secret is not valid; the message does not contain it
         */
        public Builder secret(String secret) {
            this.secret = LatteStreamSecret.of(secret);
            return this;
        }

        /**
         * Sets the public key that browser clients connect with.
         * @param publicKey a public key: {@code lspk_} followed by letters, digits or {@code - _ . ~}; defaults to
         * {@code lspk_local_engine}
         * @return this builder
         * @throws IllegalArgumentException if the public key is not valid
         */
        public Builder publicKey(String publicKey) {
            this.publicKey = PublicKey.of(publicKey);
            return this;
        }

        /**
         * Sets the origins whose pages may use the engine, in addition to pages of {@code localhost} and of IP
         * addresses. Requests from other pages are rejected with status 403: REST calls, discovery and WebSocket
         * handshakes. The hosts of these origins are also accepted as names of the engine; requests for other host
         * names, except for {@code localhost} and IP addresses, are rejected.
         * @param origins origins, each {@code http://host[:port]} or {@code https://host[:port]}; none by default
         * @return this builder
         * @throws IllegalArgumentException if an origin is not valid; the message contains it
         */
        public Builder allowedOrigins(String... origins) {
            return allowedOrigins(List.of(origins));
        }

        /**
         * Sets the origins whose pages may use the engine, as {@link #allowedOrigins(String...)} does.
         * @param origins origins, each {@code http://host[:port]} or {@code https://host[:port]}; none by default
         * @return this builder
         * @throws IllegalArgumentException if an origin is not valid; the message contains it
         */
        public Builder allowedOrigins(Collection<String> origins) {
            this.allowedOrigins = AllowedOrigins.of(origins);
            return this;
        }

        /**
         * Sets the URL that webhooks are sent to. It can be changed later with
         * {@link EmbeddedLatteStreamServer#webhookUrl}.
         * @param url an {@code http://...} or {@code https://...} URL of the application; null, the default, to send no
         * webhooks
         * @return this builder
         * @throws IllegalArgumentException if the URL is not valid
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
                throw new IllegalArgumentException(
                        "The webhook URL '" + url
                                + "' must have a host name that consists of letters, digits, dots and hyphens, without an underscore");
            }
            return parsed;
        }

        /**
         * Sets the maximum size of the data of an event. An event that exceeds it, or a batch with such an event, is
         * rejected with status 413, and a client event with an error. A WebSocket is closed if a frame exceeds both 16
         * times this size and 64 KiB.
         * @param maxPayloadBytes number of UTF-8 bytes, at least 1; defaults to 32,768, the limit of the service
         * @return this builder
         * @throws IllegalArgumentException if the number is less than 1
         */
        public Builder maxPayloadBytes(int maxPayloadBytes) {
            this.limits = limits.withMaxPayloadBytes(requirePositive("maxPayloadBytes", maxPayloadBytes));
            return this;
        }

        /**
         * Sets the maximum number of events in one request. Larger batches are rejected with status 400.
         * @param maxBatchSize at least 1; defaults to 50
         * @return this builder
         * @throws IllegalArgumentException if the number is less than 1
         */
        public Builder maxBatchSize(int maxBatchSize) {
            this.limits = limits.withMaxBatchSize(requirePositive("maxBatchSize", maxBatchSize));
            return this;
        }

        /**
         * Sets the time after which an idle WebSocket is pinged. It is dropped if no pong arrives within 30 seconds.
         * WebSocket implementations respond to pings automatically, so this only affects clients that have disappeared.
         * A client without subscriptions is not affected once it has sent its key: browser clients may abandon a socket
         * without closing it, and closing such a socket would make them drop their current one.
         * @param activityTimeout longer than zero; defaults to 2 minutes
         * @return this builder
         * @throws IllegalArgumentException if the timeout is zero or negative
         */
        public Builder activityTimeout(Duration activityTimeout) {
            if (activityTimeout.isNegative() || activityTimeout.isZero()) {
                throw new IllegalArgumentException(
                        "activityTimeout of " + activityTimeout + " must be longer than zero");
            }
            this.activityTimeout = activityTimeout;
            return this;
        }

        private static int requirePositive(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " of " + value + " must be at least 1");
            }
            return value;
        }

        private SocketTimeouts timeouts() {
            return new SocketTimeouts(authenticationTimeout, activityTimeout, pongTimeout);
        }

        Builder limits(Limits limits) {
            this.limits = limits;
            return this;
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

        Builder authenticationTimeout(Duration authenticationTimeout) {
            this.authenticationTimeout = authenticationTimeout;
            return this;
        }

        /**
         * Starts an engine.
         * @return the engine, which accepts connections
         * @throws IllegalStateException if the engine cannot start, for example because the port is in use; the message
         * contains the port
         */
        public EmbeddedLatteStreamServer start() {
            return new EmbeddedLatteStreamServer(this);
        }
    }
}
