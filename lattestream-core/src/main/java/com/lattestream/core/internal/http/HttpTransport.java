package com.lattestream.core.internal.http;

import com.lattestream.core.CircuitBreakerState;
import com.lattestream.core.ConnectionPoolStatistics;
import com.lattestream.core.LatteStreamException;
import com.lattestream.core.LatteStreamStatistics;
import com.lattestream.core.RequestKind;
import com.lattestream.core.RequestObserver;
import com.lattestream.core.crypto.LatteStreamSecret;
import com.lattestream.core.internal.CurrentThread;
import com.lattestream.core.internal.Lazy;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests and receives their responses, over pooled connections of which each kind of requests has a guaranteed
 * share. Each call is one attempt, which is signed separately. Futures complete on I/O threads, so callers must switch
 * to another thread before they run code that may block. Thread-safe.
 */
public final class HttpTransport {

    private static final Duration MAX_SHUTDOWN_TIME = Duration.ofSeconds(1);

    private static final Logger logger = LoggerFactory.getLogger(HttpTransport.class);

    private final TransportOptions options;

    private final HttpHost host;

    private final String endpoint;

    private final RequestHeaders headers;

    private final ResponseExceptionMapper exceptionMapper;

    private final LastRequestOutcome lastRequestOutcome;

    private final Map<RequestKind, LastRequestOutcome> lastOutcomeByKind = new EnumMap<>(RequestKind.class);

    private final RequestObserver observer;

    private final ScheduledExecutorService scheduler;

    private final ExchangeTimer timer;

    private final ConnectionShares shares;

    private final PoolingAsyncClientConnectionManager connections;

    private final ProxyRoutes routes;

    private final Lazy<CloseableHttpAsyncClient> client;

    private volatile boolean closing;

    /**
     * Creates a transport. The first exchange starts the I/O threads, and connects.
     * @param options the endpoint and the limits
     * @param secret the credential, which is also the key of the signatures
     * @param observer observes every exchange, and must not throw exceptions
     * @param clock the clock for signatures and dates
     * @param scheduler runs the timeouts
     */
    public HttpTransport(
            TransportOptions options,
            LatteStreamSecret secret,
            RequestObserver observer,
            Clock clock,
            ScheduledExecutorService scheduler) {
        this.options = options;
        this.host = new HttpHost(
                options.endpoint().scheme(),
                options.endpoint().host(),
                options.endpoint().port());
        this.endpoint = options.endpoint().toString();
        this.headers = new RequestHeaders(secret, clock);
        this.exceptionMapper = new ResponseExceptionMapper(secret, endpoint, clock);
        this.lastRequestOutcome = new LastRequestOutcome(clock);
        for (RequestKind kind : RequestKind.values()) {
            lastOutcomeByKind.put(kind, new LastRequestOutcome(clock));
        }
        this.observer = observer;
        this.scheduler = scheduler;
        this.timer = new ExchangeTimer(options.timeout(), scheduler);
        this.shares = new ConnectionShares(options.maxConnections());
        HttpClientFactory factory = new HttpClientFactory(options);
        this.connections = factory.connections();
        this.routes = new ProxyRoutes(options.endpoint(), options.proxy(), options.connectionMaxAge());
        this.client = new Lazy<>(() -> factory.start(connections, routes, this::ioThreadFailed));
    }

    // an I/O thread that is interrupted by close() reports that as a failure
    private void ioThreadFailed(Exception ex) {
        if (closing) {
            logger.debug("An I/O thread ended while the client was closing", ex);
        } else {
            logger.error("An I/O thread has failed", ex);
        }
    }

    /**
     * Sends a request once, with the timeout of the options.
     * @param request the request
     * @return the response, if its status is 2xx; a {@link LatteStreamException} otherwise
     */
    public CompletableFuture<ServiceResponse> exchange(ServiceRequest request) {
        return exchange(request, options.timeout());
    }

    /**
     * Sends a request once.
     * @param request the request
     * @param timeout the maximum time until the response is complete; at most the timeout of the options
     * @return the response, if its status is 2xx; a {@link LatteStreamException} otherwise
     */
    public CompletableFuture<ServiceResponse> exchange(ServiceRequest request, Duration timeout) {
        return exchange(request, request.operation().kind(), timeout);
    }

    /**
     * Sends a request once, on behalf of requests of another kind: its failure is recorded as one of theirs. It uses a
     * dedicated connection, so at most one such request may run at a time.
     * @param request the request
     * @param onBehalfOf the kind of the other requests
     * @param timeout the maximum time until the response is complete; at most the timeout of the options
     * @return the response, if its status is 2xx; a {@link LatteStreamException} otherwise
     */
    public CompletableFuture<ServiceResponse> exchange(
            ServiceRequest request, RequestKind onBehalfOf, Duration timeout) {
        Exchange exchange = new Exchange(
                request,
                onBehalfOf,
                timeout,
                this,
                observer.start(new RequestObserver.Request(
                        options.client(), endpoint, request.operation(), request.context())));
        timer.add(exchange);
        if (CurrentThread.isEventLoop()) {
            startOnScheduler(exchange);
        } else {
            start(exchange);
        }
        return exchange.result();
    }

    // HttpClient acquires locks, which must not block an event loop of the application
    private void startOnScheduler(Exchange exchange) {
        try {
            scheduler.execute(() -> start(exchange));
        } catch (RejectedExecutionException ex) {
            exchange.cancel();
        }
    }

    private void start(Exchange exchange) {
        if (!exchange.hasShare() || shares.acquire(exchange)) {
            begin(exchange);
        } else if (closing) {
            exchange.cancel();
        }
    }

    /** Begins an exchange that has a connection, and those that get the connection because it ends immediately. */
    void begin(Exchange exchange) {
        Exchange next = exchange;
        while (next != null) {
            next = next.begin();
        }
    }

    /** Sends the request of an exchange. */
    Future<RawResponse> execute(
            Exchange exchange, HttpClientContext context, BoundedResponseConsumer responseConsumer) {
        return client.get().execute(host, signed(exchange), responseConsumer, null, context, exchange);
    }

    private AsyncRequestProducer signed(Exchange exchange) {
        ServiceRequest request = exchange.request();
        BasicHttpRequest message =
                new BasicHttpRequest(request.method(), host, options.endpoint().basePath() + request.path());
        exchange.additionalHeaders().forEach(message::addHeader);
        headers.addTo(message, request);
        return new BasicRequestProducer(
                message, request.method().equals("GET") ? null : new BasicAsyncEntityProducer(request.body(), null));
    }

    /** Removes an exchange from those that wait for a connection. */
    boolean stopWaiting(Exchange exchange) {
        return shares.cancel(exchange);
    }

    /** Releases the connection of an exchange; returns another exchange that now has it, to be begun by the caller. */
    @Nullable Exchange release(Exchange exchange) {
        return exchange.hasShare() ? shares.release(exchange.kind()) : null;
    }

    /** Removes an exchange that has ended and has no connection from the timer. */
    void forget(Exchange exchange) {
        timer.remove(exchange);
    }

    void succeeded(RequestKind kind) {
        lastRequestOutcome.succeeded();
        lastOutcomeOf(kind).succeeded();
    }

    void failed(RequestKind kind, LatteStreamException failure) {
        lastRequestOutcome.failed(failure);
        lastOutcomeOf(kind).failed(failure);
    }

    @SuppressWarnings("NullAway") // each kind has an entry
    private LastRequestOutcome lastOutcomeOf(RequestKind kind) {
        return lastOutcomeByKind.get(kind);
    }

    /**
     * Sets the task that is run regularly while a request with events has had no response for {@code 2} seconds.
     * @param task a task that does not block
     */
    public void whenStalled(Runnable task) {
        timer.whenStalled(task);
    }

    /**
     * Cancels requests that are probably lost: they have had no response for at least {@code 2} seconds. They fail as
     * after a timeout.
     * @param kind the kind of the requests
     * @param startedBefore the latest start of these requests, as of {@link System#nanoTime}
     */
    public void cancelStalled(RequestKind kind, long startedBefore) {
        timer.cancelStalled(kind, startedBefore);
    }

    /**
     * Whether an exchange can usually reuse an open connection.
     * @param kind the kind of the request
     * @return false while fewer connections are open than requests of this kind may use
     */
    public boolean isConnected(RequestKind kind) {
        return shares.running(kind) + connections.getTotalStats().getAvailable() >= shares.limit();
    }

    /**
     * Returns the maximum number of connections that requests of one kind use at the same time.
     * @return all connections except those that are reserved for other kinds
     */
    public int connectionsOfOneKind() {
        return shares.limit();
    }

    /**
     * Returns the endpoint to which requests are sent.
     * @return the address of the service
     */
    public Endpoint endpoint() {
        return options.endpoint();
    }

    boolean usesTls() {
        return host.getSchemeName().equals("https");
    }

    String endpointText() {
        return endpoint;
    }

    ResponseExceptionMapper exceptionMapper() {
        return exceptionMapper;
    }

    ProxyRoutes routes() {
        return routes;
    }

    boolean isClosing() {
        return closing;
    }

    /**
     * Returns the statistics of the connection pool, for metrics.
     * @return a live view
     */
    public ConnectionPoolStatistics connectionPoolStatistics() {
        return new PoolStatistics(connections, shares);
    }

    /**
     * Returns the outcomes of the last exchanges.
     * @return a live view
     */
    public LastRequestOutcome lastRequestOutcome() {
        return lastRequestOutcome;
    }

    /**
     * Returns the statistics of one kind of requests.
     * @param kind the kind
     * @param circuitBreaker the state of its circuit breaker
     * @return a snapshot
     */
    public LatteStreamStatistics.Requests statistics(RequestKind kind, CircuitBreakerState circuitBreaker) {
        LastRequestOutcome last = lastOutcomeOf(kind);
        return new LatteStreamStatistics.Requests(
                circuitBreaker,
                shares.running(kind),
                shares.waiting(kind),
                last.success(),
                last.failure(),
                last.failingSince());
    }

    /**
     * Cancels the running requests, which fail, and closes the connections.
     * @param timeout the maximum time to wait for the I/O threads; at most a second is waited
     */
    public void close(Duration timeout) {
        closing = true;
        routes.close();
        timer.cancelAll();
        CloseableHttpAsyncClient started = client.close();
        if (started == null) {
            connections.close(CloseMode.IMMEDIATE);
            return;
        }
        started.initiateShutdown();
        try {
            if (!timeout.isZero()) {
                started.awaitShutdown(
                        TimeValue.of(timeout.compareTo(MAX_SHUTDOWN_TIME) > 0 ? MAX_SHUTDOWN_TIME : timeout));
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        started.close(CloseMode.IMMEDIATE);
    }
}
