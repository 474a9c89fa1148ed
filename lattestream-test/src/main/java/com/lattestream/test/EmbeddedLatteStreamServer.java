package com.lattestream.test;

import com.lattestream.core.crypto.LatteStreamSecret;
import com.lattestream.test.internal.access.DiscoveryTokens;
import com.lattestream.test.internal.access.PublicKey;
import com.lattestream.test.internal.access.RequestAuthenticator;
import com.lattestream.test.internal.access.SubscriptionAccess;
import com.lattestream.test.internal.channel.Channels;
import com.lattestream.test.internal.rest.JsonErrors;
import com.lattestream.test.internal.rest.RestHandler;
import com.lattestream.test.internal.socket.SocketHandler;
import com.lattestream.test.internal.webhook.WebhookSender;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;

/**
 * A LatteStream engine within this process, for tests and for development without the service. It takes events over
 * the REST interface, checking signatures as the service does, delivers them to the subscribers of public, private and
 * presence channels over WebSockets, and posts webhooks to the application. It listens on the loopback address only, keeps everything in memory and its threads
 * do not keep a JVM alive. Thread-safe.
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

    private final LatteStreamSecret secret;

    private final PublicKey publicKey;

    private final WebhookSender webhooks;

    private final Channels channels;

    private final SocketHandler sockets;

    private final LoopbackServer loopback;

    private final int port;

    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedLatteStreamServer(Builder builder) {
        this.secret = builder.secret;
        this.publicKey = builder.publicKey;
        this.webhooks = new WebhookSender(secret.reveal(), builder.clock);
        this.channels = new Channels(webhooks);
        webhooks.url(builder.webhookUrl);
        this.loopback = new LoopbackServer(builder.port);
        DiscoveryTokens tokens = new DiscoveryTokens(builder.clock);
        RequestAuthenticator authenticator = new RequestAuthenticator(secret, builder.clock);
        Server server = loopback.server();
        server.setErrorHandler(new JsonErrors());
        SubscriptionAccess access = new SubscriptionAccess(secret, builder.clock);
        sockets = new SocketHandler(server, publicKey, tokens, access, channels, builder.admissionTimeout);
        server.setHandler(
                new Handler.Sequence(new RestHandler(authenticator, publicKey, tokens, access, channels), sockets));
        try {
            loopback.start();
        } catch (IllegalStateException ex) {
            webhooks.close();
            throw ex;
        }
        this.port = loopback.port();
    }

    /**
     * Returns a builder for an engine on a free port, with a secret and a public key that are always the same.
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
     * engine under no other.
     * @return {@code localhost:port}
     */
    public String endpoint() {
        return "localhost:" + port;
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
     * Returns what has been accepted so far, subscribers or not: the last 10,000 events, or fewer if their data is
     * more than 32 million characters.
     * @return the events in the order in which they were accepted; unmodifiable, and not updated later
     */
    public List<ReceivedEvent> events() {
        return channels.accepted().stream().map(ReceivedEvent::of).toList();
    }

    /**
     * Sets where webhooks go from now on, such as when the application has found a port. They are signed with the secret,
     * and each is tried six times, within about three seconds.
     * @param url {@code http://...} or {@code https://...} of the application; null for none, which is the default
     * @throws IllegalArgumentException if it is no such URL
     */
    public void webhookUrl(@Nullable String url) {
        webhooks.url(Builder.httpUrl(url));
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
     * so. Events that are still under way are seen later: join the futures of their triggers before.
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
            loopback.stop();
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

        private LatteStreamSecret secret = LatteStreamSecret.of("lsk_local_engine_secret");

        private PublicKey publicKey = PublicKey.of("lspk_local_engine");

        private @Nullable URI webhookUrl;

        private Clock clock = Clock.systemUTC();

        private Duration admissionTimeout = Duration.ofSeconds(10);

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
         * Sets what requests are to be signed with.
         * @param secret a secret, {@code lsk_...}; default {@code lsk_local_engine_secret}
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
            if (url != null && !url.matches("https?://[^/\\s]+(/\\S*)?")) {
                throw new IllegalArgumentException("The webhook URL '" + url + "' must start with http:// or https://");
            }
            return url == null ? null : URI.create(url);
        }

        Builder clock(Clock clock) {
            this.clock = clock;
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
