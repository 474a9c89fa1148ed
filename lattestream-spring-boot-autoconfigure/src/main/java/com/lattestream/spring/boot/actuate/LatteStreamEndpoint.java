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
 * Tells how the application talks to LatteStream, and what has come of it so far, without a secret; and delivers what
 * waits. Thread-safe.
 */
@Endpoint(id = "lattestream")
public final class LatteStreamEndpoint {

    private static final long FLUSH_TIMEOUT_SECONDS = 10;

    private final Supplier<Map<String, LatteStreamClient>> clients;

    private final Map<String, String> configuration;

    /**
     * Creates an endpoint.
     * @param clients supplies the clients that exist, by the names of their beans
     * @param configuration what the application's configuration says, by the names of the properties; without secrets
     */
    public LatteStreamEndpoint(Supplier<Map<String, LatteStreamClient>> clients, Map<String, String> configuration) {
        this.clients = clients;
        this.configuration = configuration;
    }

    /**
     * Describes the clients.
     * @return versions, configuration, and what has come of each client's requests
     */
    @ReadOperation
    public Description describe() {
        return new Description(Versions.ofNow(), forEach(Client::of), configuration);
    }

    /**
     * Sends what waits for others to travel with, and waits for the answers, at most ten seconds.
     * @return for each client, whether everything that was triggered before has its answer
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
            // null from a mock
            return flush == null
                    ? CompletableFuture.completedFuture(true)
                    : flush.handle((done, failure) -> failure == null);
        } catch (IllegalStateException closed) {
            return CompletableFuture.completedFuture(false);
        }
    }

    // without the JDK's timer for futures, whose thread keeps the class loader of the application that has used it
    // first
    private static boolean await(CompletableFuture<Boolean> flush, long deadline) {
        try {
            return flush.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException ex) {
            return false;
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException ex) {
            throw new IllegalStateException("A flush that failed is incomplete, and does not fail", ex);
        }
    }

    private <T> Map<String, T> forEach(Function<LatteStreamClient, T> what) {
        Map<String, T> each = new LinkedHashMap<>();
        clients.get().forEach((name, client) -> each.put(name, what.apply(client)));
        return each;
    }

    /**
     * What the endpoint tells.
     *
     * @param versions what is running
     * @param clients each client, by the name of its bean
     * @param configuration what the application's configuration says, by the names of the properties
     */
    public record Description(Versions versions, Map<String, Client> clients, Map<String, String> configuration)
            implements OperationResponseBody {}

    /**
     * What is running.
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
     * @param events what has become of events; null for a mock
     * @param requests what has become of requests; null for a mock
     * @param cache answers that are kept; null if none are
     */
    public record Client(
            @Nullable String name,
            @Nullable String endpoint,
            @Nullable String circuitBreaker,
            Map<String, Kind> kinds,
            @Nullable Events events,
            @Nullable Requests requests,
            @Nullable KeptAnswers cache) {

        private static Client of(LatteStreamClient client) {
            LatteStreamStatistics statistics = client.statistics();
            if (statistics == null) {
                return new Client(client.name(), client.endpoint(), null, Map.of(), null, null, null);
            }
            return new Client(
                    client.name(),
                    client.endpoint(),
                    LatteStreamHealth.lowerCase(statistics.circuitBreaker()),
                    Kind.of(statistics),
                    Events.of(statistics),
                    Requests.of(statistics),
                    client.components(Cache.class).stream()
                            .findFirst()
                            .map(KeptAnswers::of)
                            .orElse(null));
        }
    }

    /**
     * A kind of requests, which has a circuit breaker and a share of the connections of its own.
     *
     * @param circuitBreaker {@code closed}, {@code open}, {@code half-open} or {@code disabled}
     * @param running requests that have a connection
     * @param waiting requests that wait for a connection
     * @param lastSuccess when a request last succeeded; null for never
     * @param lastFailure the last request that failed: {@code time}, {@code reason} and, if there was a response,
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
                    LatteStreamHealth.lowerCase(requests.circuitBreaker()),
                    requests.running(),
                    requests.waiting(),
                    requests.lastSuccess(),
                    failure == null ? null : FailureDetails.of(failure));
        }
    }

    /**
     * Events, as {@link LatteStreamStatistics} counts them.
     *
     * @param queued that wait
     * @param queuedBytes the bytes of those without an answer
     * @param queueCapacity that may wait
     * @param inFlight that are under way
     * @param delivered that the service has accepted
     * @param failed that were not delivered
     * @param rejected that were not taken
     */
    public record Events(
            long queued,
            long queuedBytes,
            long queueCapacity,
            long inFlight,
            long delivered,
            long failed,
            long rejected) {

        private static Events of(LatteStreamStatistics statistics) {
            return new Events(
                    statistics.queued(),
                    statistics.queuedBytes(),
                    statistics.queueCapacity(),
                    statistics.inFlight(),
                    statistics.delivered(),
                    statistics.failed(),
                    statistics.rejected());
        }
    }

    /**
     * Requests, as {@link LatteStreamStatistics} counts them.
     *
     * @param batches with events
     * @param retried that were sent once more
     * @param split that were refused and halved
     * @param lastSuccess when the service last did what it was asked for; null for never
     * @param lastFailure the last that failed: {@code time}, {@code reason} and, if there was an answer, {@code status};
     * null for none
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
     * Answers about channels and users that are kept.
     *
     * @param size how many are kept
     * @param hits how often one was there
     * @param misses how often it was not
     */
    public record KeptAnswers(long size, long hits, long misses) {

        private static KeptAnswers of(Cache<?, ?> cache) {
            return new KeptAnswers(
                    cache.estimatedSize(),
                    cache.stats().hitCount(),
                    cache.stats().missCount());
        }
    }

    /**
     * What has become of a flush.
     *
     * @param flushed for each client, by the name of its bean, whether everything has its answer
     */
    public record Flushed(Map<String, Boolean> flushed) implements OperationResponseBody {}
}
