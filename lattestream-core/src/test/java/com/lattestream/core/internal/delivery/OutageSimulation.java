package com.lattestream.core.internal.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamConnectionException;
import com.lattestream.core.LatteStreamException;
import com.lattestream.core.TriggerResult;
import com.lattestream.core.internal.http.ServiceRequest;
import com.lattestream.core.internal.http.ServiceResponse;
import com.lattestream.core.internal.resilience.CircuitBreakerOptions;
import com.lattestream.core.internal.resilience.RetryExecutor;
import com.lattestream.core.internal.resilience.RetryOptions;
import com.lattestream.core.internal.resilience.ServiceCircuitBreaker;
import com.lattestream.core.internal.wire.EncodedEvent;
import com.lattestream.core.internal.wire.EventLifetime;
import com.lattestream.core.support.ManualScheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Deliveries to a service that is away for a while, in simulated time. */
final class OutageSimulation {

    private static final Pattern EVENT =
            Pattern.compile("\"channel\":\"([a-z0-9]+)\",\"name\":\"e\",\"data\":\"(\\d+)\"");

    final ManualScheduler time = new ManualScheduler();

    private final Map<String, Integer> lastOfChannel = new HashMap<>();

    final Set<String> received = new HashSet<>();

    final List<LatteStreamException> failures = new ArrayList<>();

    final List<CompletableFuture<?>> results = new ArrayList<>();

    int maxRetries = RetryOptions.UNLIMITED;

    boolean retryAmbiguous = true;

    int maxBatchEntry = 10_000;

    int maxQueuedBytes = 10 * 1024 * 1024;

    Duration maxBlock = Duration.ZERO;

    Duration deliveryTimeout = Duration.ofMinutes(2);

    int requests;

    int duplicates;

    boolean outOfOrder;

    boolean down;

    Duration responseTime = Duration.ofMillis(5);

    /** A channel whose requests always fail. */
    String failingChannel = "none";

    int failedRequests;

    Duration breakerWait = Duration.ofSeconds(5);

    Supplier<LatteStreamException> fault = OutageSimulation::refused;

    static LatteStreamException refused() {
        return new LatteStreamConnectionException("refused", false, new IOException("refused"));
    }

    static LatteStreamException reset() {
        return new LatteStreamConnectionException("reset", true, new IOException("reset"));
    }

    static LatteStreamException unavailable() {
        return new LatteStreamApiException("received status 503", 503, "", null);
    }

    static LatteStreamException unavailableForLong() {
        return new LatteStreamApiException("received status 503", 503, "", Duration.ofSeconds(30));
    }

    EventDelivery delivery() {
        return new EventDelivery(
                "test",
                new RequestPipeline(
                        this::exchange,
                        () -> true,
                        new RetryExecutor(
                                "test",
                                RetryOptions.forEvents(maxRetries, Duration.ofSeconds(1), Duration.ofSeconds(30)),
                                retryAmbiguous,
                                time),
                        new ServiceCircuitBreaker(
                                "test",
                                "https://service",
                                new CircuitBreakerOptions(true, 50, 50, 10, breakerWait, 3),
                                time.clock())),
                new DeliveryOptions(
                        true, 50, Duration.ofMillis(100), 14, maxBatchEntry, maxQueuedBytes, maxBlock, deliveryTimeout),
                (events, reason) -> events.forEach(event -> failures.add(reason)),
                List.of(),
                time,
                Runnable::run,
                time::nanoTime);
    }

    /** The times at which the service received the events, by channel and number. */
    final Map<String, Duration> receivedAt = new HashMap<>();

    private CompletableFuture<ServiceResponse> exchange(ServiceRequest request) {
        requests++;
        CompletableFuture<ServiceResponse> response = new CompletableFuture<>();
        boolean failing = down || new String(request.body(), UTF_8).contains("\"" + failingChannel + "\"");
        if (failing) {
            failedRequests++;
        }
        time.schedule(
                () -> {
                    if (failing) {
                        response.completeExceptionally(fault.get());
                    } else {
                        record(new String(request.body(), UTF_8));
                        response.complete(new ServiceResponse(200, new byte[0]));
                    }
                },
                responseTime.toNanos(),
                TimeUnit.NANOSECONDS);
        return response;
    }

    private void record(String body) {
        Matcher event = EVENT.matcher(body);
        while (event.find()) {
            String channel = event.group(1);
            int number = Integer.parseInt(event.group(2));
            outOfOrder |= lastOfChannel.getOrDefault(channel, -1) >= number;
            lastOfChannel.put(channel, number);
            receivedAt.putIfAbsent(channel + "/" + number, Duration.ofNanos(time.nanoTime()));
            if (!received.add(channel + "/" + number)) {
                duplicates++;
            }
        }
    }

    /** Delivers the next event with a lifetime on a channel, and returns its future. */
    CompletableFuture<TriggerResult> deliver(EventDelivery delivery, String channel, EventLifetime lifetime) {
        String json = "{\"channel\":\"" + channel + "\",\"name\":\"e\",\"data\":\"" + results.size() + "\"}";
        CompletableFuture<TriggerResult> result =
                delivery.deliver(new EncodedEvent(List.of(channel), json.getBytes(UTF_8), lifetime), null, false);
        results.add(result);
        return result;
    }

    void traffic(EventDelivery delivery, Traffic traffic, Duration duration) {
        long steps = duration.toMillis() * traffic.eventsPerSecond / 1000;
        for (int i = 0; i < steps; i++) {
            String channel = "c" + results.size() % traffic.channels;
            String json = "{\"channel\":\"" + channel + "\",\"name\":\"e\",\"data\":\"" + results.size() + "\"}";
            results.add(delivery.deliver(new EncodedEvent(List.of(channel), json.getBytes(UTF_8)), null, false));
            time.advance(Duration.ofNanos(1_000_000_000L / traffic.eventsPerSecond));
        }
    }

    Duration untilAllAreDelivered(List<CompletableFuture<?>> backlog) {
        Duration waited = Duration.ZERO;
        Duration step = Duration.ofMillis(100);
        while (!backlog.stream().allMatch(CompletableFuture::isDone) && waited.toSeconds() < 180) {
            time.advance(step);
            waited = waited.plus(step);
        }
        return waited;
    }

    /** Events that are triggered at a constant rate. */
    enum Traffic {
        FEW_ON_ONE_CHANNEL(5, 1),

        FEW_ON_MANY_CHANNELS(5, 200),

        MANY_ON_SOME_CHANNELS(40, 50);

        final int eventsPerSecond;

        final int channels;

        Traffic(int eventsPerSecond, int channels) {
            this.eventsPerSecond = eventsPerSecond;
            this.channels = channels;
        }
    }
}
