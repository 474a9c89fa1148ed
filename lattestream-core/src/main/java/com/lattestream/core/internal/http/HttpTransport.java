package com.lattestream.core.internal.http;

import com.lattestream.core.ConnectionPoolStatistics;
import com.lattestream.core.LatteStreamConnectionException;
import com.lattestream.core.LatteStreamException;
import com.lattestream.core.LatteStreamTimeoutException;
import com.lattestream.core.RequestObserver;
import com.lattestream.core.crypto.LatteStreamSecret;
import com.lattestream.core.internal.DaemonThreads;
import com.lattestream.core.internal.validation.Quoted;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolStats;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges one request for one answer, over pooled connections. Each call is one attempt, signed anew. Futures
 * complete on I/O threads: hand over before running anything that may take time. Thread-safe.
 */
public final class HttpTransport {

    private static final Duration LONGEST_SHUTDOWN = Duration.ofSeconds(1);

    private static final String EXCHANGE = Exchange.class.getName();

    private static final int MAX_HEADER_LINES = 100;

    private static final int MAX_HEADER_LINE_LENGTH = 16 * 1024;

    private static final int SENT_TOGETHER = 16 * 1024;

    private static final int MAX_PAYLOAD_SHOWN = 10_000;

    private static final Logger logger = LoggerFactory.getLogger(HttpTransport.class);

    private final TransportOptions options;

    private final HttpHost host;

    private final String endpoint;

    private final RequestHeaders headers;

    private final ServiceErrors errors;

    private final LastOutcomes lastOutcomes;

    private final RequestObserver observer;

    private final ScheduledExecutorService scheduler;

    private final PoolingAsyncClientConnectionManager connections;

    private final Deferred<CloseableHttpAsyncClient> client = new Deferred<>(this::startClient);

    private final Set<Exchange> running = ConcurrentHashMap.newKeySet();

    // one timer looks after all that is running: nearly every exchange ends long before its time is up
    private final AtomicBoolean timing = new AtomicBoolean();

    private volatile boolean closing;

    /**
     * Creates a transport. Its first exchange starts what it needs, and connects.
     * @param options where to, and within which bounds
     * @param secret the credential and the key of the signatures
     * @param observer sees every exchange, and throws nothing
     * @param clock tells the time of signatures and dates
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
        this.errors = new ServiceErrors(secret, clock);
        this.lastOutcomes = new LastOutcomes(clock);
        this.observer = observer;
        this.scheduler = scheduler;
        this.connections = connections();
    }

    private PoolingAsyncClientConnectionManager connections() {
        Timeout timeout = Timeout.of(options.timeout());
        return PoolingAsyncClientConnectionManagerBuilder.create()
                .setMaxConnTotal(options.maxConnections())
                .setMaxConnPerRoute(options.maxConnections())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setTimeToLive(TimeValue.of(options.connectionMaxAge()))
                        .build())
                // a pool of connections is what the options bound; HTTP/2 would send everything over one
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                        .setHandshakeTimeout(timeout)
                        .build())
                .setTlsStrategy(new DeferredTlsStrategy(this::tls))
                .build();
    }

    private TlsStrategy tls() {
        ClientTlsStrategyBuilder tls = ClientTlsStrategyBuilder.create();
        if (options.sslContext() != null) {
            tls.setSslContext(options.sslContext());
        }
        if (!options.tlsVersions().isEmpty()) {
            tls.setTlsVersions(options.tlsVersions().toArray(String[]::new));
        }
        if (!options.tlsCiphers().isEmpty()) {
            tls.setCiphers(options.tlsCiphers().toArray(String[]::new));
        }
        return tls.buildAsync();
    }

    private CloseableHttpAsyncClient startClient() {
        Timeout timeout = Timeout.of(options.timeout());
        CloseableHttpAsyncClient client = HttpAsyncClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout)
                        .setContentCompressionEnabled(false)
                        .setResponseTimeout(timeout)
                        .build())
                .setCharCodingConfig(CharCodingConfig.custom()
                        .setCharset(StandardCharsets.UTF_8)
                        .build())
                .setHttp1Config(Http1Config.custom()
                        // head and body leave in one piece: each piece is a call of the system here and there
                        .setBufferSize(SENT_TOGETHER)
                        .setChunkSizeHint(SENT_TOGETHER)
                        // both without a bound otherwise
                        .setMaxHeaderCount(MAX_HEADER_LINES)
                        .setMaxLineLength(MAX_HEADER_LINE_LENGTH)
                        .build())
                .setThreadFactory(DaemonThreads.clientThreads("lattestream-io"))
                // instead of the one that writes every byte, the secret's too, to a log that is set to DEBUG
                .setIoSessionDecorator(session -> session)
                .setIoReactorExceptionCallback(this::ioThreadFailed)
                .setUserAgent(userAgent())
                .addExecInterceptorBefore(
                        ChainElement.MAIN_TRANSPORT.name(), "before-sending", HttpTransport::beforeSending)
                // a signature covers one path and one attempt: nothing may be redirected or repeated beneath it
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .disableCookieManagement()
                .build();
        client.start();
        return client;
    }

    // an I/O thread that is interrupted by closing complains of that
    private void ioThreadFailed(Exception ex) {
        if (closing) {
            logger.debug("An I/O thread ended while the client was closing", ex);
        } else {
            logger.error("An I/O thread has failed", ex);
        }
    }

    private static String userAgent() {
        String version = HttpTransport.class.getPackage().getImplementationVersion();
        return "lattestream-java/" + (version == null ? "dev" : version);
    }

    /**
     * Makes one attempt.
     * @param request what to send
     * @return the answer, if its status is 2xx; a {@link LatteStreamException} otherwise
     */
    public CompletableFuture<ServiceResponse> exchange(ServiceRequest request) {
        Exchange exchange = new Exchange(request);
        exchange.start();
        return exchange.result;
    }

    private AsyncRequestProducer signed(ServiceRequest request, Map<String, String> additional) {
        BasicHttpRequest message =
                new BasicHttpRequest(request.method(), host, options.endpoint().basePath() + request.path());
        additional.forEach(message::addHeader);
        headers.addTo(message, request);
        return new BasicRequestProducer(
                message, request.method().equals("GET") ? null : new BasicAsyncEntityProducer(request.body(), null));
    }

    // between the connection and the first byte
    private static void beforeSending(
            HttpRequest request,
            @Nullable AsyncEntityProducer body,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        if (scope.clientContext.getAttribute(EXCHANGE) instanceof Exchange exchange) {
            // what was reported as failed is not sent afterwards
            if (exchange.ended.get()) {
                throw new IOException("given up before it was sent");
            }
            exchange.sent = true;
        }
        chain.proceed(request, body, scope, callback);
    }

    private void timeLater(long nanos) {
        try {
            scheduler.schedule(this::endLate, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException ex) {
            // what is running is broken off by whoever closes this
            logger.trace("A timer comes too late: the client is closed", ex);
        }
    }

    private void endLate() {
        long next = Long.MAX_VALUE;
        for (Exchange exchange : running) {
            long left = exchange.timeLeft();
            if (left > 0) {
                next = Math.min(next, left);
            } else {
                end(exchange);
            }
        }
        if (next == Long.MAX_VALUE) {
            timing.set(false);
            // whoever has started in between has relied on this timer
            if (running.isEmpty() || !timing.compareAndSet(false, true)) {
                return;
            }
            next = 0;
        }
        timeLater(next);
    }

    private static void end(Exchange exchange) {
        try {
            exchange.timeout();
        } catch (RuntimeException ex) {
            // the others have to end in time as well
            logger.error("An exchange that took too long could not be ended", ex);
        }
    }

    /**
     * Tells whether all connections are open, so that an exchange needs no new one, as a rule.
     * @return false as long as there are fewer than the pool may have
     */
    public boolean isConnected() {
        PoolStats stats = connections.getTotalStats();
        return stats.getLeased() + stats.getAvailable() >= stats.getMax();
    }

    /**
     * Tells where requests go.
     * @return the service's address
     */
    public Endpoint endpoint() {
        return options.endpoint();
    }

    /**
     * Returns the numbers of the connection pool, for metrics.
     * @return live numbers
     */
    public ConnectionPoolStatistics connectionPoolStatistics() {
        return new PoolStatistics(connections);
    }

    /**
     * Tells how the last exchanges ended.
     * @return a memory that goes on
     */
    public LastOutcomes lastOutcomes() {
        return lastOutcomes;
    }

    /**
     * Cancels the running requests, which fail, and closes the connections.
     * @param timeout the maximum time to wait for the I/O threads; at most a second is waited
     */
    public void close(Duration timeout) {
        closing = true;
        running.forEach(Exchange::breakOff);
        CloseableHttpAsyncClient started = client.end();
        if (started == null) {
            connections.close(CloseMode.IMMEDIATE);
            return;
        }
        started.initiateShutdown();
        try {
            if (!timeout.isZero()) {
                started.awaitShutdown(TimeValue.of(timeout.compareTo(LONGEST_SHUTDOWN) > 0 ? LONGEST_SHUTDOWN : timeout));
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        started.close(CloseMode.IMMEDIATE);
    }

    /** One attempt, which ends once: by its answer, its failure, or its timeout. */
    private final class Exchange implements FutureCallback<ServiceAnswer> {

        private final ServiceRequest request;

        private final CompletableFuture<ServiceResponse> result = new CompletableFuture<>();

        private final BoundedAnswerConsumer answer = new BoundedAnswerConsumer();

        private final long started = System.nanoTime();

        private final RequestObserver.Attempt observed;

        // an answer, a failure and a timeout may come at once
        private final AtomicBoolean ended = new AtomicBoolean();

        // from here on the service may have got the request, or a part of it
        private volatile boolean sent;

        private volatile @Nullable Future<ServiceAnswer> handle;

        private Exchange(ServiceRequest request) {
            this.request = request;
            this.observed = observer.start(
                    new RequestObserver.Request(options.client(), endpoint, request.operation(), request.context()));
        }

        private void start() {
            running.add(this);
            logPayload();
            try {
                HttpClientContext context = HttpClientContext.create();
                context.setAttribute(EXCHANGE, this);
                handle = client.get().execute(host, signed(request, observed.headers()), answer, null, context, this);
                if (timing.compareAndSet(false, true)) {
                    timeLater(options.timeout().toNanos());
                }
                if (closing) {
                    breakOff();
                }
                // it may have been given up before there was a handle to cancel it by
                if (ended.get()) {
                    handle.cancel(true);
                }
            } catch (RejectedExecutionException ex) {
                breakOff();
            } catch (RuntimeException ex) {
                // who tries again relies on a future in any case
                giveUp(new LatteStreamConnectionException(
                        request + " to " + endpoint + " could not be sent: " + describe(ex), sent, ex));
            } catch (Error ex) {
                // such as a class that is missing, which trying again does not help
                giveUp(new LatteStreamException(request + " to " + endpoint + " could not be sent: " + ex, ex));
            }
        }

        private long timeLeft() {
            return options.timeout().toNanos() - (System.nanoTime() - started);
        }

        private void timeout() {
            giveUp(new LatteStreamTimeoutException(
                    request + " to " + endpoint + " had no whole answer within " + options.timeout(), sent, null));
        }

        private void breakOff() {
            giveUp(new LatteStreamConnectionException(
                    request + " to " + endpoint + " was broken off: the client is closed",
                    sent,
                    new IOException("closed")));
        }

        private void giveUp(LatteStreamException reason) {
            Future<ServiceAnswer> known = handle;
            // one that has ended by itself is not cancelled: its connection may be another's already
            if (end(reason) && known != null) {
                known.cancel(true);
            }
        }

        @Override
        public void completed(ServiceAnswer whole) {
            if (whole.isSuccess()) {
                succeed(new ServiceResponse(whole.status(), whole.body()));
            } else {
                fail(errors.of(request, whole));
            }
        }

        @Override
        public void failed(Exception ex) {
            // of a connection, an answer, or a place in the pool
            if (ex instanceof InterruptedIOException || ex instanceof TimeoutException) {
                end(new LatteStreamTimeoutException(
                        request + " to " + endpoint + " timed out: " + ex.getMessage(), sent, ex));
            } else {
                end(new LatteStreamConnectionException(
                        request + " to " + endpoint + " failed: " + describe(ex), sent, ex));
            }
        }

        @Override
        public void cancelled() {
            fail(new LatteStreamConnectionException(
                    request + " to " + endpoint + " was broken off", sent, new IOException("cancelled")));
        }

        // an answer that broke off still has a status, and that decides where it can
        private boolean end(LatteStreamException broken) {
            ServiceAnswer head = answer.head();
            if (head == null || (head.isSuccess() && !request.statusSuffices())) {
                return fail(broken);
            }
            return head.isSuccess()
                    ? succeed(new ServiceResponse(head.status(), head.body()))
                    : fail(errors.of(request, head));
        }

        private boolean succeed(ServiceResponse response) {
            if (!ended.compareAndSet(false, true)) {
                return false;
            }
            running.remove(this);
            lastOutcomes.succeeded();
            observed.succeeded(response.status());
            if (logger.isDebugEnabled()) {
                logger.debug("{} answered {} after {} ms", request, response.status(), millis());
            }
            return result.complete(response);
        }

        private boolean fail(LatteStreamException failure) {
            if (!ended.compareAndSet(false, true)) {
                return false;
            }
            running.remove(this);
            lastOutcomes.failed(failure);
            observed.failed(failure);
            logger.debug("{} failed after {} ms: {}", request, millis(), failure.getMessage());
            return result.completeExceptionally(failure);
        }

        private void logPayload() {
            if (logger.isTraceEnabled() && request.body().length > 0) {
                logger.trace(
                        "{} sends {}",
                        request,
                        Quoted.text(new String(request.body(), StandardCharsets.UTF_8), MAX_PAYLOAD_SHOWN));
            }
        }

        private long millis() {
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
        }

        private static String describe(Exception ex) {
            if (ex instanceof UnknownHostException) {
                return "unknown host " + ex.getMessage();
            }
            return ex.getMessage() == null || ex.getMessage().isBlank()
                    ? ex.getClass().getSimpleName()
                    : ex.getMessage();
        }
    }
}
