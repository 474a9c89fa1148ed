package com.lattestream.core.internal.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamConnectionException;
import com.lattestream.core.LatteStreamException;
import com.lattestream.core.LatteStreamTimeoutException;
import com.lattestream.core.internal.http.ServiceRequest;
import com.lattestream.core.internal.http.ServiceResponse;
import com.lattestream.core.internal.resilience.CircuitBreakerOptions;
import com.lattestream.core.internal.resilience.RetryOptions;
import com.lattestream.core.internal.resilience.RetryPolicy;
import com.lattestream.core.internal.resilience.ServiceBreaker;
import com.lattestream.core.internal.wire.EncodedEvent;
import com.lattestream.core.support.ManualScheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Outages with the default options, in simulated time. */
class OutageTests {

    private static final Pattern EVENT =
            Pattern.compile("\"channel\":\"([a-z0-9]+)\",\"name\":\"e\",\"data\":\"(\\d+)\"");

    private static final Duration BEFORE = Duration.ofSeconds(2);

    private final ManualScheduler time = new ManualScheduler();

    private final Map<String, Integer> lastOfChannel = new HashMap<>();

    private final Set<String> received = new HashSet<>();

    private final List<LatteStreamException> failures = new ArrayList<>();

    private final List<CompletableFuture<?>> results = new ArrayList<>();

    private int maxRetries = RetryOptions.UNLIMITED;

    private Duration deliveryTimeout = Duration.ofMinutes(2);

    private int requests;

    private int duplicates;

    private boolean outOfOrder;

    private boolean down;

    private Supplier<LatteStreamException> fault = OutageTests::refused;

    private static LatteStreamException refused() {
        return new LatteStreamConnectionException("refused", false, new IOException("refused"));
    }

    private static LatteStreamException reset() {
        return new LatteStreamConnectionException("reset", true, new IOException("reset"));
    }

    private static LatteStreamException unavailable() {
        return new LatteStreamApiException("answered 503", 503, "", null);
    }

    private static LatteStreamException unavailableForLong() {
        return new LatteStreamApiException("answered 503", 503, "", Duration.ofSeconds(30));
    }

    private EventDelivery delivery() {
        return new EventDelivery(
                "test",
                new ServiceAccess(
                        this::exchange,
                        () -> true,
                        new RetryPolicy(
                                "test",
                                RetryOptions.forEvents(maxRetries, Duration.ofSeconds(1), Duration.ofSeconds(30)),
                                true,
                                time),
                        new ServiceBreaker(
                                "test",
                                "https://service",
                                new CircuitBreakerOptions(true, 50, 50, 10, Duration.ofSeconds(5), 3),
                                time.clock())),
                new DeliveryOptions(
                        true, 50, Duration.ofMillis(100), 14, 10_000, 10 * 1024 * 1024, Duration.ZERO, deliveryTimeout),
                (events, reason) -> events.forEach(event -> failures.add(reason)),
                List.of(),
                time,
                Runnable::run,
                time::nanoTime);
    }

    private CompletableFuture<ServiceResponse> exchange(ServiceRequest request) {
        requests++;
        CompletableFuture<ServiceResponse> response = new CompletableFuture<>();
        boolean failing = down;
        time.schedule(
                () -> {
                    if (failing) {
                        response.completeExceptionally(fault.get());
                    } else {
                        record(new String(request.body(), UTF_8));
                        response.complete(new ServiceResponse(200, new byte[0]));
                    }
                },
                5,
                TimeUnit.MILLISECONDS);
        return response;
    }

    private void record(String body) {
        Matcher event = EVENT.matcher(body);
        while (event.find()) {
            String channel = event.group(1);
            int number = Integer.parseInt(event.group(2));
            outOfOrder |= lastOfChannel.getOrDefault(channel, -1) >= number;
            lastOfChannel.put(channel, number);
            if (!received.add(channel + "/" + number)) {
                duplicates++;
            }
        }
    }

    private void traffic(EventDelivery delivery, Traffic traffic, Duration duration) {
        long steps = duration.toMillis() * traffic.eventsPerSecond / 1000;
        for (int i = 0; i < steps; i++) {
            String channel = "c" + results.size() % traffic.channels;
            String json = "{\"channel\":\"" + channel + "\",\"name\":\"e\",\"data\":\"" + results.size() + "\"}";
            results.add(delivery.deliver(new EncodedEvent(List.of(channel), json.getBytes(UTF_8)), null, false));
            time.advance(Duration.ofNanos(1_000_000_000L / traffic.eventsPerSecond));
        }
    }

    private Duration untilAllAreDelivered(List<CompletableFuture<?>> backlog) {
        Duration waited = Duration.ZERO;
        Duration step = Duration.ofMillis(100);
        while (!backlog.stream().allMatch(CompletableFuture::isDone) && waited.toSeconds() < 180) {
            time.advance(step);
            waited = waited.plus(step);
        }
        return waited;
    }

    static Stream<Arguments> outages() {
        return Stream.of("refused", "reset", "503", "503 with Retry-After")
                .flatMap(fault -> Arrays.stream(Traffic.values())
                        .flatMap(traffic ->
                                Stream.of(10, 60, 110).map(seconds -> Arguments.of(fault, traffic, seconds))));
    }

    private static Supplier<LatteStreamException> fault(String name) {
        return switch (name) {
            case "refused" -> OutageTests::refused;
            case "reset" -> OutageTests::reset;
            case "503" -> OutageTests::unavailable;
            default -> OutageTests::unavailableForLong;
        };
    }

    @ParameterizedTest(name = "{0}, {1}, {2} s")
    @MethodSource("outages")
    void noEventFailsDuringAnOutageShorterThanTheDeliveryTimeout(String name, Traffic traffic, int seconds) {
        fault = fault(name);
        EventDelivery delivery = delivery();
        traffic(delivery, traffic, BEFORE);
        down = true;
        traffic(delivery, traffic, Duration.ofSeconds(seconds));
        down = false;
        List<CompletableFuture<?>> backlog = List.copyOf(results);

        Duration waited = untilAllAreDelivered(backlog);

        assertThat(failures).isEmpty();
        assertThat(received).hasSameSizeAs(results);
        assertThat(outOfOrder).isFalse();
        // the service has processed nothing while it was away
        assertThat(duplicates).isZero();
        assertThat(waited).isLessThan(name.contains("Retry-After") ? Duration.ofSeconds(31) : Duration.ofSeconds(6));
    }

    @ParameterizedTest(name = "{0}, {1}, {2} s")
    @MethodSource("outages")
    void retriesOfAnOutageAreFew(String name, Traffic traffic, int seconds) {
        fault = fault(name);
        EventDelivery delivery = delivery();
        down = true;

        traffic(delivery, traffic, Duration.ofSeconds(seconds));

        // before the circuit breaker opens each channel may try; then there are three requests in five seconds
        assertThat(requests).isLessThan(40 + seconds);
    }

    @Test
    void anOutageLongerThanTheDeliveryTimeoutFailsTheOldEventsAndDeliversTheOthers() {
        EventDelivery delivery = delivery();
        down = true;
        traffic(delivery, Traffic.FEW_ON_MANY_CHANNELS, Duration.ofSeconds(150));
        down = false;

        untilAllAreDelivered(List.copyOf(results));

        assertThat(failures)
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(LatteStreamTimeoutException.class)
                        .hasMessageContaining("PT2M")
                        .hasMessageContaining("refused"));
        assertThat(failures.size() + received.size()).isEqualTo(results.size());
        // all that are younger than the delivery timeout, and those that the returned service got in time
        assertThat(received).hasSizeGreaterThanOrEqualTo(5 * 115);
        assertThat(outOfOrder).isFalse();
    }

    @Test
    void anExplicitNumberOfRetriesLimitsEventsToo() {
        maxRetries = 3;
        EventDelivery delivery = delivery();
        down = true;

        traffic(delivery, Traffic.FEW_ON_ONE_CHANNEL, Duration.ofSeconds(1));
        time.advance(Duration.ofSeconds(12));

        assertThat(requests).isBetween(4, 9);
        assertThat(failures)
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure).hasMessage("refused"));
    }

    @Test
    void attemptsOfAHalfOpenCircuitBreakerDoNotCount() {
        maxRetries = 3;
        EventDelivery delivery = delivery();
        down = true;
        // ten channels fail at once, which opens the circuit breaker
        for (int channel = 0; channel < 10; channel++) {
            String json = "{\"channel\":\"c" + channel + "\",\"name\":\"e\",\"data\":\"0\"}";
            results.add(delivery.deliverAtOnce(
                            List.of(new EncodedEvent(List.of("c" + channel), json.getBytes(UTF_8))), null)
                    .get(0));
        }
        time.advance(Duration.ofSeconds(100));
        assertThat(requests).isGreaterThan(30);
        assertThat(failures).isEmpty();
        down = false;

        untilAllAreDelivered(List.copyOf(results));

        assertThat(received).hasSize(10);
    }

    @Test
    void theFirstSuccessWakesAllWaitingBatches() {
        fault = OutageTests::unavailableForLong;
        EventDelivery delivery = delivery();
        down = true;
        traffic(delivery, Traffic.FEW_ON_MANY_CHANNELS, Duration.ofSeconds(1));
        down = false;

        // five batches at most wait for their half minute; an event on another channel gets through
        String json = "{\"channel\":\"other\",\"name\":\"e\",\"data\":\"0\"}";
        results.add(delivery.deliver(new EncodedEvent(List.of("other"), json.getBytes(UTF_8)), null, false));

        assertThat(untilAllAreDelivered(List.copyOf(results))).isLessThan(Duration.ofSeconds(1));
        assertThat(failures).isEmpty();
    }

    /** Events that are triggered at a constant rate. */
    enum Traffic {
        FEW_ON_ONE_CHANNEL(5, 1),

        FEW_ON_MANY_CHANNELS(5, 200),

        MANY_ON_SOME_CHANNELS(40, 50);

        private final int eventsPerSecond;

        private final int channels;

        Traffic(int eventsPerSecond, int channels) {
            this.eventsPerSecond = eventsPerSecond;
            this.channels = channels;
        }
    }
}
