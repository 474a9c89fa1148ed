package com.lattestream.core;

import com.lattestream.core.crypto.LatteStreamSecret;
import com.lattestream.core.internal.delivery.RequestPipeline;
import com.lattestream.core.internal.http.HttpTransport;
import com.lattestream.core.internal.http.ServiceRequest;
import com.lattestream.core.internal.http.ServiceResponse;
import com.lattestream.core.internal.resilience.CircuitBreakerOptions;
import com.lattestream.core.internal.resilience.RecoveryProbe;
import com.lattestream.core.internal.resilience.RetryExecutor;
import com.lattestream.core.internal.resilience.ServiceCircuitBreaker;
import com.lattestream.core.internal.wire.MalformedResponseException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Sends requests to the service, with retries and with a circuit breaker for each kind of requests. Thread-safe. */
final class ServiceCalls {

    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);

    private final LatteStreamSecret secret;

    private final HttpTransport transport;

    private final Map<RequestKind, ServiceCircuitBreaker> breakers = new EnumMap<>(RequestKind.class);

    private final RetryExecutor eventRetries;

    private final RetryExecutor queryRetries;

    private final Duration timeout;

    private final boolean retryAmbiguous;

    private final LongAdder retried = new LongAdder();

    ServiceCalls(LatteStreamClientBuilder options, RequestObserver observer, ScheduledExecutorService scheduler) {
        secret = options.secret;
        transport = new HttpTransport(options.transportOptions(), secret, observer, options.clock, scheduler);
        CircuitBreakerOptions breakerOptions = options.circuitBreakerOptions();
        for (RequestKind kind : RequestKind.values()) {
            breakers.put(
                    kind,
                    new ServiceCircuitBreaker(
                            options.name + "-" + kind.id(),
                            transport.endpoint().toString(),
                            breakerOptions,
                            options.clock));
        }
        timeout = options.timeout;
        retryAmbiguous = options.retryAmbiguous;
        eventRetries =
                new RetryExecutor(options.name + "-events", options.eventRetryOptions(), retryAmbiguous, scheduler);
        // sending a query twice does no harm
        queryRetries = new RetryExecutor(options.name + "-queries", options.queryRetryOptions(), true, scheduler);
        ServiceRequest ping = ServiceRequest.ping(null);
        RecoveryProbe recovery = new RecoveryProbe(
                () -> transport.exchange(ping, RequestKind.EVENTS, PROBE_TIMEOUT), this::recovered, System::nanoTime);
        transport.whenStalled(recovery::probe);
    }

    // requests that were sent before the service recovered are probably lost, and waiting requests can be sent
    // immediately
    private void recovered(long lastFailure) {
        if (retryAmbiguous) {
            transport.cancelStalled(RequestKind.EVENTS, lastFailure);
        }
        breakers.values().forEach(ServiceCircuitBreaker::allowProbes);
        eventRetries.retryNow();
        queryRetries.retryNow();
    }

    /** Returns the pipeline for requests that deliver events. */
    RequestPipeline forEvents() {
        return new RequestPipeline(
                transport::exchange,
                () -> transport.isConnected(RequestKind.EVENTS),
                eventRetries,
                breaker(RequestKind.EVENTS));
    }

    /** Returns the maximum number of connections that events use at once. */
    int connectionsForEvents() {
        return transport.connectionsOfOneKind();
    }

    @SuppressWarnings("NullAway") // each kind of request has its own circuit breaker
    private ServiceCircuitBreaker breaker(RequestKind kind) {
        return breakers.get(kind);
    }

    /** Sends a request, with retries, and reads the response. */
    <T> CompletableFuture<T> fetch(ServiceRequest request, Function<byte[], T> reader) {
        return send(request).thenApply(response -> {
            try {
                return reader.apply(response.body());
            } catch (MalformedResponseException ex) {
                throw unreadable(request, response, ex);
            }
        });
    }

    /** Sends a request, with retries, all within the timeout. */
    CompletableFuture<ServiceResponse> send(ServiceRequest request) {
        AtomicBoolean tried = new AtomicBoolean();
        long started = System.nanoTime();
        LongSupplier timeLeft = () -> timeout.toNanos() - (System.nanoTime() - started);
        return queryRetries.executeInTime(
                () -> breaker(request.operation().kind()).execute(() -> {
                    if (!tried.getAndSet(true)) {
                        return transport.exchange(request);
                    }
                    retried.increment();
                    return transport.exchange(request, Duration.ofNanos(Math.max(1, timeLeft.getAsLong())));
                }),
                timeLeft);
    }

    /** Sends a request once. */
    CompletableFuture<ServiceResponse> sendOnce(ServiceRequest request) {
        return breaker(request.operation().kind()).execute(() -> transport.exchange(request));
    }

    private LatteStreamApiException unreadable(
            ServiceRequest request, ServiceResponse response, MalformedResponseException ex) {
        LatteStreamApiException failure = new LatteStreamApiException(
                request + " to " + transport.endpoint() + " received status " + response.status() + " with a body of "
                        + response.body().length + " bytes that cannot be read: " + ex.getMessage(),
                response.status(),
                new String(response.body(), StandardCharsets.UTF_8).replace(secret.reveal(), secret.toString()),
                null);
        failure.initCause(ex);
        return failure;
    }

    /** Cancels the running requests, and closes the connections. */
    void close(Duration timeout) {
        transport.close(timeout);
        breakers.values().forEach(ServiceCircuitBreaker::close);
    }

    HttpTransport transport() {
        return transport;
    }

    /** Returns the number of retries of requests without events. */
    long retried() {
        return retried.sum();
    }

    /** Returns the statistics of each kind of requests. */
    Map<RequestKind, LatteStreamStatistics.Requests> statistics() {
        Map<RequestKind, LatteStreamStatistics.Requests> statistics = new EnumMap<>(RequestKind.class);
        breakers.forEach((kind, breaker) -> statistics.put(kind, transport.statistics(kind, breaker.state())));
        return statistics;
    }

    /** Returns the components that provide metrics. */
    Stream<Object> components() {
        return Stream.concat(
                breakers.values().stream().map(ServiceCircuitBreaker::nativeCircuitBreaker),
                Stream.of(
                        transport.connectionPoolStatistics(), eventRetries.nativeRetry(), queryRetries.nativeRetry()));
    }
}
