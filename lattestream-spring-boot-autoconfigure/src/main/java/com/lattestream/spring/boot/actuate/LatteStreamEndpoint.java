package com.lattestream.spring.boot.actuate;

import com.github.benmanes.caffeine.cache.Cache;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamStatistics;
import com.lattestream.core.RequestKind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Actuator endpoint that reports the connections and statistics of the clients, without secrets, and that flushes queued
 * events. The configuration is part of the endpoint {@code configprops}. Thread-safe.
 */
@Endpoint(id = "lattestream")
public final class LatteStreamEndpoint {

    private static final long FLUSH_TIMEOUT_SECONDS = 10;

    private final Supplier<Map<String, LatteStreamClient>> clients;

    /**
     * Creates an endpoint.
     * @param clients supplies the clients that exist, by the names of their beans
     */
    public LatteStreamEndpoint(Supplier<Map<String, LatteStreamClient>> clients) {
        this.clients = clients;
    }

    /**
     * Returns a description of the clients.
     * @return the versions, and the statistics of each client
     */
    @ReadOperation
    public Description describe() {
        return new Description(Versions.ofNow(), forEach(Client::of));
    }

    /**
     * Sends all queued events immediately, and waits for the responses, at most ten seconds.
     * @return for each client, whether all events triggered before have a response
     */
    @WriteOperation
    public Flushed flush() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(FLUSH_TIMEOUT_SECONDS);
        Map<String, CompletableFuture<Boolean>> flushes = forEach(LatteStreamEndpoint::flush);
        Map<String, Boolean> flushed = new LinkedHashMap<>();
        flushes.forEach((name, flush) -> flushed.put(name, await(flush, deadline)));
        return new Flushed(flushed);
    }

    private static CompletableFuture<Boolean> flush(LatteStreamClient client) {
        try {
            CompletableFuture<@Nullable Void> flush = client.flushBatch();
            // a mock returns null
            return flush == null
                    ? CompletableFuture.completedFuture(true)
                    : flush.handle((done, failure) -> failure == null);
        } catch (IllegalStateException closed) {
            return CompletableFuture.completedFuture(false);
        }
    }

    // does not use the JDK's timer for futures, because its thread would keep the class loader of the first application
    // that uses it
    private static boolean await(CompletableFuture<Boolean> flush, long deadline) {
        try {
            return flush.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException ex) {
            return false;
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException ex) {
            throw new IllegalStateException("The future of a flush must not fail", ex);
        }
    }

    private <T> Map<String, T> forEach(Function<LatteStreamClient, T> function) {
        Map<String, T> each = new LinkedHashMap<>();
        clients.get().forEach((name, client) -> each.put(name, function.apply(client)));
        return each;
    }

    /**
     * The content of the endpoint.
     *
     * @param versions the versions in use
     * @param clients each client, by the name of its bean
     */
    public record Description(Versions versions, Map<String, Client> clients) implements OperationResponseBody {}

    /**
     * The versions in use.
     *
     * @param lattestream the version of the client
     * @param springBoot the version of Spring Boot
     * @param java the version of Java
     */
    public record Versions(String lattestream, String springBoot, String java) {

        private static Versions ofNow() {
            return new Versions(
                    LatteStreamVersion.get(),
                    SpringBootVersion.getVersion(),
                    Runtime.version().toString());
        }
    }

    /**
     * One client.
     *
     * @param name the name of the client; null for a mock
     * @param endpoint the address of the service; null for a mock
     * @param circuitBreaker {@code closed}, {@code open}, {@code half-open} or {@code disabled}: open if at least one
     * circuit breaker is open, otherwise half-open if at least one is half-open; null for a mock
     * @param kinds each kind of requests, by its name; empty for a client that sends none
     * @param events the counters of events; null for a mock
     * @param requests the counters of requests; null for a mock
     * @param cache the statistics of the cache; null if responses are not cached
     */
    public record Client(
            @Nullable String name,
            @Nullable String endpoint,
            @Nullable String circuitBreaker,
            Map<String, Kind> kinds,
            @Nullable Events events,
            @Nullable Requests requests,
            @Nullable CacheStatistics cache) {

        private static Client of(LatteStreamClient client) {
            LatteStreamStatistics statistics = client.statistics();
            if (statistics == null) {
                return new Client(client.name(), client.endpoint(), null, Map.of(), null, null, null);
            }
            return new Client(
                    client.name(),
                    client.endpoint(),
                    LatteStreamHealthIndicator.lowerCase(statistics.circuitBreaker()),
                    Kind.of(statistics),
                    Events.of(statistics),
                    Requests.of(statistics),
                    client.unwrapAll(Cache.class).stream()
                            .findFirst()
                            .map(CacheStatistics::of)
                            .orElse(null));
        }
    }

    /**
     * A kind of requests, which has a circuit breaker and a share of the connections of its own.
     *
     * @param circuitBreaker {@code closed}, {@code open}, {@code half-open} or {@code disabled}
     * @param running requests that have a connection
     * @param waiting requests that wait for a connection
     * @param lastSuccess the time of the last successful request; null for none
     * @param lastFailure the last failed request: {@code time}, {@code reason} and, if there was a response,
     * {@code status}; null for none
     */
    public record Kind(
            String circuitBreaker,
            int running,
            int waiting,
            @Nullable Instant lastSuccess,
            @Nullable Map<String, Object> lastFailure) {

        private static Map<String, Kind> of(LatteStreamStatistics statistics) {
            Map<String, Kind> kinds = new LinkedHashMap<>();
            for (RequestKind kind : RequestKind.values()) {
                LatteStreamStatistics.Requests requests = statistics.requests().get(kind);
                if (requests != null) {
                    kinds.put(kind.id(), of(requests));
                }
            }
            return kinds;
        }

        private static Kind of(LatteStreamStatistics.Requests requests) {
            LatteStreamStatistics.Failure failure = requests.lastFailure();
            return new Kind(
                    LatteStreamHealthIndicator.lowerCase(requests.circuitBreaker()),
                    requests.running(),
                    requests.waiting(),
                    requests.lastSuccess(),
                    failure == null ? null : FailureDetails.of(failure));
        }
    }

    /**
     * The counters of events, as in {@link LatteStreamStatistics}.
     *
     * @param queued events that wait to be sent
     * @param queuedBytes the size, in bytes, of events without a response
     * @param queueCapacity the maximum number of events without a response
     * @param inFlight events that are being sent
     * @param delivered events that the service has accepted
     * @param failed events that were not delivered
     * @param superseded events that a newer event replaced before they were delivered
     * @param rejected events that were not accepted, because the queue was full
     */
    public record Events(
            long queued,
            long queuedBytes,
            long queueCapacity,
            long inFlight,
            long delivered,
            long failed,
            long superseded,
            long rejected) {

        private static Events of(LatteStreamStatistics statistics) {
            return new Events(
                    statistics.queued(),
                    statistics.queuedBytes(),
                    statistics.queueCapacity(),
                    statistics.inFlight(),
                    statistics.delivered(),
                    statistics.failed(),
                    statistics.superseded(),
                    statistics.rejected());
        }
    }

    /**
     * The counters of requests, as in {@link LatteStreamStatistics}.
     *
     * @param batches requests with events
     * @param retried requests that were sent again
     * @param split requests that were rejected and split in half
     * @param lastSuccess the time of the last successful request; null for none
     * @param lastFailure the last failed request: {@code time}, {@code reason} and, if there was a response,
     * {@code status}; null for none
     */
    public record Requests(
            long batches,
            long retried,
            long split,
            @Nullable Instant lastSuccess,
            @Nullable Map<String, Object> lastFailure) {

        private static Requests of(LatteStreamStatistics statistics) {
            LatteStreamStatistics.Failure failure = statistics.lastFailure();
            return new Requests(
                    statistics.batches(),
                    statistics.retried(),
                    statistics.split(),
                    statistics.lastSuccess(),
                    failure == null ? null : FailureDetails.of(failure));
        }
    }

    /**
     * The statistics of the cache of responses about channels and users.
     *
     * @param size the number of cached responses
     * @param hits the number of reads that found a response
     * @param misses the number of reads that found none
     */
    public record CacheStatistics(long size, long hits, long misses) {

        private static CacheStatistics of(Cache<?, ?> cache) {
            return new CacheStatistics(
                    cache.estimatedSize(),
                    cache.stats().hitCount(),
                    cache.stats().missCount());
        }
    }

    /**
     * The result of a flush.
     *
     * @param flushed for each client, by the name of its bean, whether all events have a response
     */
    public record Flushed(Map<String, Boolean> flushed) implements OperationResponseBody {}
}
