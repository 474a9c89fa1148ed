package com.lattestream.core;

import com.github.benmanes.caffeine.cache.Ticker;
import com.lattestream.core.crypto.LatteStreamSecret;
import com.lattestream.core.internal.delivery.DeliveryOptions;
import com.lattestream.core.internal.http.Endpoint;
import com.lattestream.core.internal.http.ProxyCredentials;
import com.lattestream.core.internal.http.ProxyOptions;
import com.lattestream.core.internal.http.TransportOptions;
import com.lattestream.core.internal.logging.RateLimitedLogger;
import com.lattestream.core.internal.resilience.CircuitBreakerOptions;
import com.lattestream.core.internal.resilience.RetryOptions;
import com.lattestream.core.internal.validation.Quoted;
import java.net.ProxySelector;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import tools.jackson.databind.json.JsonMapper;

/**
 * Builder for a {@link LatteStreamClient}. Options have the names and defaults of the Node server SDK. Zero retries and
 * a cache timeout of zero disable these features. Every method checks its value, and throws an
 * {@link IllegalArgumentException} that names the value and the rule. Not thread-safe.
 */
public final class LatteStreamClientBuilder {

    private static final Logger logger = LoggerFactory.getLogger(LatteStreamClient.class);

    // longer than any reasonable duration, and short enough to avoid overflows
    private static final Duration MAX_DURATION = Duration.ofDays(365);

    private static final int DEFAULT_QUERY_RETRIES = 3;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,60}");

    final LatteStreamSecret secret;

    String name = "lattestream";

    String cluster = Endpoint.DEFAULT_CLUSTER;

    @Nullable String endpoint;

    boolean useTls = true;

    Duration timeout = Duration.ofSeconds(30);

    int maxConnections = 20;

    Duration connectionMaxAge = Duration.ofMinutes(5);

    Duration cacheTimeout = Duration.ofSeconds(30);

    int cacheMaxEntries = 1000;

    @Nullable Integer maxRetries;

    Duration retryDelay = Duration.ofSeconds(1);

    Duration retryMaxDelay = Duration.ofSeconds(30);

    boolean retryAmbiguous = true;

    boolean enableBatching = true;

    int batchSize = 50;

    Duration batchInterval = Duration.ofMillis(100);

    int maxQueuedEvents = 10_000;

    int maxQueuedBytes = 32 * 1024 * 1024;

    Duration maxBlock = Duration.ofSeconds(1);

    Duration deliveryTimeout = Duration.ofMinutes(2);

    boolean enableCircuitBreaker = true;

    int circuitBreakerFailureRateThreshold = 50;

    int circuitBreakerSlidingWindowSize = 50;

    int circuitBreakerMinimumNumberOfCalls = 10;

    Duration circuitBreakerWaitDurationInOpenState = Duration.ofSeconds(5);

    int circuitBreakerPermittedNumberOfCallsInHalfOpenState = 3;

    UndeliveredEventHandler undeliveredEventHandler = UndeliveredEventHandler.logging();

    final List<DeliveryListener> deliveryListeners = new ArrayList<>();

    @Nullable RequestObserver requestObserver;

    @Nullable JsonMapper jsonMapper;

    @Nullable String proxyHost;

    int proxyPort;

    List<String> nonProxyHosts = List.of();

    @Nullable ProxySelector proxySelector;

    @Nullable ProxyCredentials proxyCredentials;

    @Nullable Supplier<SSLContext> sslContext;

    List<String> tlsVersions = List.of();

    List<String> tlsCiphers = List.of();

    @Nullable Executor callbackExecutor;

    Duration closeTimeout = Duration.ofSeconds(10);

    Clock clock = Clock.systemUTC();

    Ticker ticker = Ticker.systemTicker();

    @Nullable ScheduledExecutorService scheduler;

    LatteStreamClientBuilder(String secret) {
        this.secret = LatteStreamSecret.of(secret);
    }

    /**
     * Sets the name of the client in metrics and traces. If an application has several clients, each needs a unique
     * name.
     * @param name 1 to 60 letters, digits, {@code -}, {@code _} or {@code .}; {@code lattestream} by default
     * @return this builder
     */
    public LatteStreamClientBuilder name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name of " + Quoted.of(name) + " must have 1 to 60 letters, digits, '-', '_' or '.'");
        }
        this.name = name;
        return this;
    }

    /**
     * Sets the cluster to connect to. Ignored if an {@linkplain #endpoint(String) endpoint} is set.
     * @param cluster the cluster, such as {@code us1}; empty for the default, {@code eu1}
     * @return this builder
     */
    public LatteStreamClientBuilder cluster(String cluster) {
        this.cluster = Endpoint.requireCluster(cluster);
        return this;
    }

    /**
     * Sets the address of the service, instead of the cluster's address.
     * @param endpoint {@code host[:port][/base]}, without a scheme; empty for the address of the cluster
     * @return this builder
     */
    public LatteStreamClientBuilder endpoint(@Nullable String endpoint) {
        if (endpoint != null && !endpoint.isEmpty()) {
            Endpoint.parse(endpoint, useTls);
        }
        this.endpoint = endpoint;
        return this;
    }

    /**
     * Sets whether to use TLS. Without TLS, the secret is sent unencrypted: disable TLS for the local engine only. A
     * client without TLS whose endpoint is not on this machine logs a warning.
     * @param useTls true, the default, for {@code https}
     * @return this builder
     */
    public LatteStreamClientBuilder useTls(boolean useTls) {
        this.useTls = useTls;
        return this;
    }

    /**
     * Sets the maximum time of one attempt to deliver events, from waiting for a connection to the last byte of the
     * response, and the maximum time of any other call, including all retries.
     * @param timeout longer than zero; 30 seconds by default
     * @return this builder
     */
    public LatteStreamClientBuilder timeout(Duration timeout) {
        this.timeout = requirePositive("timeout", timeout);
        return this;
    }

    /**
     * Sets the maximum number of connections in the pool. A sixth of them, at least one, is reserved for each
     * {@link RequestKind}; requests of all kinds use the rest. With 2 connections, one is reserved for events; a single
     * connection is used by all requests. Requests wait while all connections that they may use are in use.
     * @param maxConnections at least 1; 20 by default
     * @return this builder
     */
    public LatteStreamClientBuilder maxConnections(int maxConnections) {
        this.maxConnections = requireAtLeast("maxConnections", maxConnections, 1);
        return this;
    }

    /**
     * Sets the maximum age of a connection. Older connections are not reused, so that DNS changes take effect.
     * @param connectionMaxAge longer than zero; 5 minutes by default
     * @return this builder
     */
    public LatteStreamClientBuilder connectionMaxAge(Duration connectionMaxAge) {
        this.connectionMaxAge = requirePositive("connectionMaxAge", connectionMaxAge);
        return this;
    }

    /**
     * Sets the maximum time for which responses to queries about channels and users are cached.
     * @param cacheTimeout 30 seconds by default; zero turns caching off
     * @return this builder
     */
    public LatteStreamClientBuilder cacheTimeout(Duration cacheTimeout) {
        this.cacheTimeout = requireNotNegative("cacheTimeout", cacheTimeout);
        return this;
    }

    /**
     * Sets the maximum number of cached responses to queries about channels and users.
     * @param cacheMaxEntries at least 1; 1,000 by default
     * @return this builder
     */
    public LatteStreamClientBuilder cacheMaxEntries(int cacheMaxEntries) {
        this.cacheMaxEntries = requireAtLeast("cacheMaxEntries", cacheMaxEntries, 1);
        return this;
    }

    /**
     * Sets the maximum number of retries after a transient failure: a connection error, a timeout, or one of the
     * statuses 408, 425, 429, 500, 502, 503 and 504. If this is not set, events are retried until
     * {@link #deliveryTimeout}, and other requests at most 3 times, within {@link #timeout}. Attempts while the circuit
     * breaker is half-open do not count.
     * @param maxRetries the maximum for events and for other requests; zero for no retries
     * @return this builder
     */
    public LatteStreamClientBuilder maxRetries(int maxRetries) {
        this.maxRetries = requireAtLeast("maxRetries", maxRetries, 0);
        return this;
    }

    /**
     * Sets the wait before the first retry. Each further wait is twice as long, with jitter; events wait for at most 5
     * seconds, or for this delay if it is longer. A {@code Retry-After} of the service takes precedence.
     * @param retryDelay longer than zero; 1 second by default
     * @return this builder
     */
    public LatteStreamClientBuilder retryDelay(Duration retryDelay) {
        this.retryDelay = requirePositive("retryDelay", retryDelay);
        return this;
    }

    /**
     * Sets the maximum wait before a retry, even if the service requests a longer one.
     * @param retryMaxDelay longer than zero; 30 seconds by default
     * @return this builder
     */
    public LatteStreamClientBuilder retryMaxDelay(Duration retryMaxDelay) {
        this.retryMaxDelay = requirePositive("retryMaxDelay", retryMaxDelay);
        return this;
    }

    /**
     * Sets whether an event is sent again after an attempt whose outcome is unknown: the request was sent, but there
     * was no response. With retries, the event may arrive twice; without, it may not arrive at all.
     * @param retryAmbiguous true by default; with false, the event fails with the exception of that attempt
     * @return this builder
     */
    public LatteStreamClientBuilder retryAmbiguous(boolean retryAmbiguous) {
        this.retryAmbiguous = retryAmbiguous;
        return this;
    }

    /**
     * Sets whether events wait for further events, to be sent as one batch.
     * @param enableBatching true by default
     * @return this builder
     */
    public LatteStreamClientBuilder enableBatching(boolean enableBatching) {
        this.enableBatching = enableBatching;
        return this;
    }

    /**
     * Sets the maximum number of events in a batch.
     * @param batchSize at least 1; 50 by default
     * @return this builder
     */
    public LatteStreamClientBuilder batchSize(int batchSize) {
        this.batchSize = requireAtLeast("batchSize", batchSize, 1);
        return this;
    }

    /**
     * Sets the maximum time that an event waits for a batch to fill.
     * @param batchInterval longer than zero; 100 milliseconds by default
     * @return this builder
     */
    public LatteStreamClientBuilder batchInterval(Duration batchInterval) {
        this.batchInterval = requirePositive("batchInterval", batchInterval);
        return this;
    }

    /**
     * Sets the maximum number of events without a response. While this number is reached, triggering waits for room.
     * @param maxQueuedEvents at least 1; 10,000 by default
     * @return this builder
     */
    public LatteStreamClientBuilder maxQueuedEvents(int maxQueuedEvents) {
        this.maxQueuedEvents = requireAtLeast("maxQueuedEvents", maxQueuedEvents, 1);
        return this;
    }

    /**
     * Sets the maximum total size of events without a response, in bytes as sent. While this size is reached,
     * triggering waits for room.
     * @param maxQueuedBytes from 1 to 2,147,483,647; 32 MiB by default
     * @return this builder
     */
    public LatteStreamClientBuilder maxQueuedBytes(long maxQueuedBytes) {
        if (maxQueuedBytes < 1 || maxQueuedBytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "maxQueuedBytes of " + maxQueuedBytes + " must be from 1 to " + Integer.MAX_VALUE);
        }
        this.maxQueuedBytes = (int) maxQueuedBytes;
        return this;
    }

    /**
     * Sets the maximum time that triggering waits for room in a full queue before it throws a
     * {@link LatteStreamQueueFullException}.
     * @param maxBlock 1 second by default; zero does not wait
     * @return this builder
     */
    public LatteStreamClientBuilder maxBlock(Duration maxBlock) {
        this.maxBlock = requireNotNegative("maxBlock", maxBlock);
        return this;
    }

    /**
     * Sets the time after which an event that was not delivered fails with a {@link LatteStreamTimeoutException}. Until
     * then, the client retries it, unless {@link #maxRetries} ends that earlier.
     * @param deliveryTimeout longer than zero; 2 minutes by default
     * @return this builder
     */
    public LatteStreamClientBuilder deliveryTimeout(Duration deliveryTimeout) {
        this.deliveryTimeout = requirePositive("deliveryTimeout", deliveryTimeout);
        return this;
    }

    /**
     * Sets whether there is a circuit breaker for each {@link RequestKind}. While the circuit breaker for events is
     * open, events stay queued. While that of another kind is open, requests of this kind fail immediately with a
     * {@link LatteStreamUnavailableException}. Statuses of 500 and above, connection errors and timeouts count as
     * failures.
     * @param enableCircuitBreaker true by default
     * @return this builder
     */
    public LatteStreamClientBuilder enableCircuitBreaker(boolean enableCircuitBreaker) {
        this.enableCircuitBreaker = enableCircuitBreaker;
        return this;
    }

    /**
     * Sets the failure rate, in percent, at or above which the circuit breaker opens.
     * @param percent 1 to 100; 50 by default
     * @return this builder
     */
    public LatteStreamClientBuilder circuitBreakerFailureRateThreshold(int percent) {
        this.circuitBreakerFailureRateThreshold = requireAtLeast("circuitBreakerFailureRateThreshold", percent, 1);
        if (percent > 100) {
            throw new IllegalArgumentException(
                    "circuitBreakerFailureRateThreshold of " + percent + " must be at most 100");
        }
        return this;
    }

    /**
     * Sets the number of recent requests from which the circuit breaker calculates the failure rate.
     * @param requests at least 1; 50 by default
     * @return this builder
     */
    public LatteStreamClientBuilder circuitBreakerSlidingWindowSize(int requests) {
        this.circuitBreakerSlidingWindowSize = requireAtLeast("circuitBreakerSlidingWindowSize", requests, 1);
        return this;
    }

    /**
     * Sets the minimum number of requests before the circuit breaker can open.
     * @param requests at least 1; 10 by default; a value above the size of the sliding window has the effect of that
     * size
     * @return this builder
     */
    public LatteStreamClientBuilder circuitBreakerMinimumNumberOfCalls(int requests) {
        this.circuitBreakerMinimumNumberOfCalls = requireAtLeast("circuitBreakerMinimumNumberOfCalls", requests, 1);
        return this;
    }

    /**
     * Sets the time that the circuit breaker stays open before it permits requests again.
     * @param wait longer than zero; 5 seconds by default
     * @return this builder
     */
    public LatteStreamClientBuilder circuitBreakerWaitDurationInOpenState(Duration wait) {
        this.circuitBreakerWaitDurationInOpenState = requirePositive("circuitBreakerWaitDurationInOpenState", wait);
        return this;
    }

    /**
     * Sets the number of requests that are permitted while the circuit breaker is half-open.
     * @param requests at least 1; 3 by default
     * @return this builder
     */
    public LatteStreamClientBuilder circuitBreakerPermittedNumberOfCallsInHalfOpenState(int requests) {
        this.circuitBreakerPermittedNumberOfCallsInHalfOpenState =
                requireAtLeast("circuitBreakerPermittedNumberOfCallsInHalfOpenState", requests, 1);
        return this;
    }

    /**
     * Sets the handler for events that were not delivered. Their futures fail as well.
     * @param undeliveredEventHandler the handler; by default, it logs one line
     * @return this builder
     */
    public LatteStreamClientBuilder undeliveredEventHandler(UndeliveredEventHandler undeliveredEventHandler) {
        this.undeliveredEventHandler = Objects.requireNonNull(undeliveredEventHandler, "undeliveredEventHandler");
        return this;
    }

    /**
     * Adds a listener for the delivery of events. Can be called several times.
     * @param deliveryListener the listener to add
     * @return this builder
     */
    public LatteStreamClientBuilder addDeliveryListener(DeliveryListener deliveryListener) {
        this.deliveryListeners.add(Objects.requireNonNull(deliveryListener, "deliveryListener"));
        return this;
    }

    /**
     * Sets the observer of requests.
     * @param requestObserver the observer; none by default
     * @return this builder
     */
    public LatteStreamClientBuilder requestObserver(RequestObserver requestObserver) {
        this.requestObserver = Objects.requireNonNull(requestObserver, "requestObserver");
        return this;
    }

    /**
     * Sets the mapper that serializes the data of events to JSON.
     * @param jsonMapper the mapper; by default one with Jackson's default settings
     * @return this builder
     */
    public LatteStreamClientBuilder jsonMapper(JsonMapper jsonMapper) {
        this.jsonMapper = Objects.requireNonNull(jsonMapper, "jsonMapper");
        return this;
    }

    /**
     * Sets the HTTP proxy. By default, the proxy settings of the JVM apply: {@link ProxySelector#getDefault()}, and
     * with it the system properties {@code http.proxyHost}, {@code https.proxyHost} and {@code http.nonProxyHosts}.
     * Requests with TLS are sent through a tunnel, so that the proxy cannot read them.
     * @param host the host name or address of the proxy
     * @param port the port of the proxy
     * @return this builder
     */
    public LatteStreamClientBuilder proxy(String host, int port) {
        ProxyOptions.of(host, port, List.of());
        this.proxyHost = host;
        this.proxyPort = port;
        return this;
    }

    /**
     * Sets the hosts that are connected to without the {@linkplain #proxy(String, int) proxy}. Has no effect on the
     * proxy settings of the JVM.
     * @param patterns host names or addresses, with {@code *} as a wildcard, such as {@code *.example.com}; none by
     * default
     * @return this builder
     */
    public LatteStreamClientBuilder nonProxyHosts(String... patterns) {
        this.nonProxyHosts = List.of(patterns);
        return this;
    }

    /**
     * Sets the user and password for the proxy, sent with Basic authentication to the {@linkplain #proxy(String, int)
     * proxy}, or to that of the JVM's settings.
     * @param username the user, without a colon
     * @param password the password
     * @return this builder
     */
    public LatteStreamClientBuilder proxyCredentials(String username, String password) {
        this.proxyCredentials = new ProxyCredentials(username, password);
        return this;
    }

    /**
     * Sets the selector of the proxy, instead of the JVM's selector. The selection is kept for the maximum age of a
     * connection, or until a connection fails. A {@linkplain #proxy(String, int) proxy} takes precedence.
     * @param proxySelector the selector; {@code ProxySelector.of(null)} for no proxy
     * @return this builder
     */
    public LatteStreamClientBuilder proxySelector(ProxySelector proxySelector) {
        this.proxySelector = Objects.requireNonNull(proxySelector, "proxySelector");
        return this;
    }

    /**
     * Sets the SSL context, with the trusted certificates and the client certificate.
     * @param sslContext the context; the platform's by default
     * @return this builder
     */
    public LatteStreamClientBuilder sslContext(SSLContext sslContext) {
        Objects.requireNonNull(sslContext, "sslContext");
        this.sslContext = () -> sslContext;
        return this;
    }

    /**
     * Sets a supplier of the SSL context, for certificates that change while the client is in use. New connections use
     * the current context. Open connections are used until they reach the {@linkplain #connectionMaxAge maximum age}.
     * @param sslContext returns the current context, for each new connection; it must not block, and must return the
     * same object as long as the certificates have not changed
     * @return this builder
     */
    public LatteStreamClientBuilder sslContext(Supplier<SSLContext> sslContext) {
        this.sslContext = Objects.requireNonNull(sslContext, "sslContext");
        return this;
    }

    /**
     * Sets the enabled TLS versions.
     * @param versions such as {@code TLSv1.3}; none for the default, which excludes insecure ones
     * @return this builder
     */
    public LatteStreamClientBuilder tlsVersions(String... versions) {
        this.tlsVersions = List.of(versions);
        return this;
    }

    /**
     * Sets the enabled cipher suites.
     * @param ciphers standard names of cipher suites; none for the default, which excludes insecure ones
     * @return this builder
     */
    public LatteStreamClientBuilder tlsCiphers(String... ciphers) {
        this.tlsCiphers = List.of(ciphers);
        return this;
    }

    /**
     * Sets the executor on which futures complete and their callbacks run.
     * @param callbackExecutor the executor, which the client does not shut down; by default, the client creates as many
     * daemon threads as are needed
     * @return this builder
     */
    public LatteStreamClientBuilder callbackExecutor(Executor callbackExecutor) {
        this.callbackExecutor = Objects.requireNonNull(callbackExecutor, "callbackExecutor");
        return this;
    }

    /**
     * Sets the maximum time that closing takes in total, including a preceding {@link LatteStreamClient#drain()}.
     * Events without a response at that time fail.
     * @param closeTimeout 10 seconds by default; zero does not wait for responses
     * @return this builder
     */
    public LatteStreamClientBuilder closeTimeout(Duration closeTimeout) {
        this.closeTimeout = requireNotNegative("closeTimeout", closeTimeout);
        return this;
    }

    LatteStreamClientBuilder clock(Clock clock) {
        this.clock = clock;
        return this;
    }

    LatteStreamClientBuilder ticker(Ticker ticker) {
        this.ticker = ticker;
        return this;
    }

    LatteStreamClientBuilder scheduler(ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
        return this;
    }

    /**
     * Creates the client. It connects to the service with its first request.
     * @return a new client with these options
     */
    public LatteStreamClient build() {
        Endpoint target = resolveEndpoint();
        boolean toProxy = proxyHost != null
                && new Endpoint(target.scheme(), proxyHost, proxyPort, "").isUnencryptedOutsideThisMachine();
        if (target.isUnencryptedOutsideThisMachine() || toProxy) {
            warnThatTheSecretIsUnencrypted(target);
        }
        return new DefaultLatteStreamClient(this);
    }

    private void warnThatTheSecretIsUnencrypted(Endpoint target) {
        RateLimitedLogger.once(
                logger,
                Level.WARN,
                "secret_unencrypted",
                "Client '" + name + "' sends its secret unencrypted to " + target
                        + ", because TLS is off and the endpoint or its proxy is not on this machine. Anyone on the network"
                        + " path can read and use the secret. Turn TLS on: lattestream.use-tls=true, or"
                        + " useTls(true) on the builder");
    }

    private Endpoint resolveEndpoint() {
        return endpoint == null || endpoint.isEmpty()
                ? Endpoint.ofCluster(cluster, useTls)
                : Endpoint.parse(endpoint, useTls);
    }

    TransportOptions transportOptions() {
        return new TransportOptions(
                name,
                resolveEndpoint(),
                timeout,
                maxConnections,
                connectionMaxAge,
                new ProxyOptions(
                        proxyHost == null ? proxySelector : ProxyOptions.of(proxyHost, proxyPort, nonProxyHosts),
                        proxyCredentials),
                sslContext,
                tlsVersions,
                tlsCiphers);
    }

    CircuitBreakerOptions circuitBreakerOptions() {
        return new CircuitBreakerOptions(
                enableCircuitBreaker,
                circuitBreakerFailureRateThreshold,
                circuitBreakerSlidingWindowSize,
                circuitBreakerMinimumNumberOfCalls,
                circuitBreakerWaitDurationInOpenState,
                circuitBreakerPermittedNumberOfCallsInHalfOpenState);
    }

    RetryOptions eventRetryOptions() {
        return RetryOptions.forEvents(
                maxRetries == null ? RetryOptions.UNLIMITED : maxRetries, retryDelay, retryMaxDelay);
    }

    RetryOptions queryRetryOptions() {
        return RetryOptions.forQueries(
                maxRetries == null ? DEFAULT_QUERY_RETRIES : maxRetries, retryDelay, retryMaxDelay);
    }

    DeliveryOptions deliveryOptions(int maxInFlight) {
        return new DeliveryOptions(
                enableBatching,
                batchSize,
                batchInterval,
                maxInFlight,
                maxQueuedEvents,
                maxQueuedBytes,
                maxBlock,
                deliveryTimeout);
    }

    private static Duration requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " of " + value + " must be longer than zero");
        }
        return requireNotTooLong(name, value);
    }

    private static Duration requireNotNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " of " + value + " must not be negative");
        }
        return requireNotTooLong(name, value);
    }

    private static Duration requireNotTooLong(String name, Duration value) {
        if (value.compareTo(MAX_DURATION) > 0) {
            throw new IllegalArgumentException(name + " of " + value + " must be at most " + MAX_DURATION);
        }
        return value;
    }

    private static int requireAtLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " of " + value + " must be at least " + least);
        }
        return value;
    }
}
