package com.lattestream.core.internal.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamException;
import com.lattestream.core.LatteStreamTimeoutException;
import com.lattestream.core.internal.delivery.OutageSimulation.Traffic;
import com.lattestream.core.internal.wire.EncodedEvent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Outages with the default options, in simulated time. */
class OutageTests {

    private static final Duration BEFORE = Duration.ofSeconds(2);

    private final OutageSimulation outage = new OutageSimulation();

    static Stream<Arguments> outages() {
        return Stream.of("refused", "reset", "503", "503 with Retry-After")
                .flatMap(fault -> Arrays.stream(Traffic.values())
                        .flatMap(traffic ->
                                Stream.of(10, 60, 110, 118).map(seconds -> Arguments.of(fault, traffic, seconds))));
    }

    private static Supplier<LatteStreamException> fault(String name) {
        return switch (name) {
            case "refused" -> OutageSimulation::refused;
            case "reset" -> OutageSimulation::reset;
            case "503" -> OutageSimulation::unavailable;
            default -> OutageSimulation::unavailableForLong;
        };
    }

    @ParameterizedTest(name = "{0}, {1}, {2} s")
    @MethodSource("outages")
    void noEventFailsDuringAnOutageShorterThanTheDeliveryTimeout(String name, Traffic traffic, int seconds) {
        outage.fault = fault(name);
        EventDelivery delivery = outage.delivery();
        outage.traffic(delivery, traffic, BEFORE);
        outage.down = true;
        outage.traffic(delivery, traffic, Duration.ofSeconds(seconds));
        outage.down = false;
        List<CompletableFuture<?>> backlog = List.copyOf(outage.results);

        Duration waited = outage.untilAllAreDelivered(backlog);

        assertThat(outage.failures).isEmpty();
        assertThat(outage.received).hasSameSizeAs(outage.results);
        assertThat(outage.outOfOrder).isFalse();
        // the service has processed nothing while it was away
        assertThat(outage.duplicates).isZero();
        assertThat(waited).isLessThan(name.contains("Retry-After") ? Duration.ofSeconds(31) : Duration.ofSeconds(11));
    }

    @ParameterizedTest(name = "{0}, {1}, {2} s")
    @MethodSource("outages")
    void retriesOfAnOutageAreFew(String name, Traffic traffic, int seconds) {
        outage.fault = fault(name);
        EventDelivery delivery = outage.delivery();
        outage.down = true;

        outage.traffic(delivery, traffic, Duration.ofSeconds(seconds));

        // before the circuit breaker opens each channel may try; then there are three requests in five seconds
        assertThat(outage.requests).isLessThan(40 + seconds);
    }

    @Test
    void anOutageLongerThanTheDeliveryTimeoutFailsTheOldEventsAndDeliversTheOthers() {
        EventDelivery delivery = outage.delivery();
        outage.down = true;
        outage.traffic(delivery, Traffic.FEW_ON_MANY_CHANNELS, Duration.ofSeconds(150));
        outage.down = false;

        outage.untilAllAreDelivered(List.copyOf(outage.results));

        assertThat(outage.failures)
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(LatteStreamTimeoutException.class)
                        .hasMessageContaining("PT2M")
                        .hasMessageContaining("refused"));
        // a request that is in progress when an event expires may still succeed
        int ambiguous = (int) outage.failures.stream()
                .filter(failure -> ((LatteStreamTimeoutException) failure).isAmbiguous())
                .count();
        assertThat(outage.failures.size() + outage.received.size())
                .isBetween(outage.results.size(), outage.results.size() + ambiguous);
        // all events younger than the delivery timeout, and those that the returned service received in time
        assertThat(outage.received).hasSizeGreaterThanOrEqualTo(5 * 115);
        assertThat(outage.outOfOrder).isFalse();
    }

    @Test
    void anExplicitNumberOfRetriesLimitsEventsToo() {
        outage.maxRetries = 3;
        EventDelivery delivery = outage.delivery();
        outage.down = true;

        outage.traffic(delivery, Traffic.FEW_ON_ONE_CHANNEL, Duration.ofSeconds(1));
        outage.time.advance(Duration.ofSeconds(12));

        assertThat(outage.requests).isBetween(4, 9);
        assertThat(outage.failures)
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure).hasMessage("refused"));
    }

    @Test
    void attemptsOfAHalfOpenCircuitBreakerDoNotCount() {
        outage.maxRetries = 3;
        EventDelivery delivery = outage.delivery();
        outage.down = true;
        // ten channels fail at once, which opens the circuit breaker
        for (int channel = 0; channel < 10; channel++) {
            String json = "{\"channel\":\"c" + channel + "\",\"name\":\"e\",\"data\":\"0\"}";
            outage.results.add(delivery.deliverImmediately(
                            List.of(new EncodedEvent(List.of("c" + channel), json.getBytes(UTF_8))), null)
                    .get(0));
        }
        outage.time.advance(Duration.ofSeconds(100));
        assertThat(outage.requests).isGreaterThan(30);
        assertThat(outage.failures).isEmpty();
        outage.down = false;

        outage.untilAllAreDelivered(List.copyOf(outage.results));

        assertThat(outage.received).hasSize(10);
    }

    @Test
    void theFirstSuccessAfterAnOutageWakesAllWaitingBatches() {
        outage.fault = OutageSimulation::unavailableForLong;
        EventDelivery delivery = outage.delivery();
        outage.down = true;
        // few enough for the circuit breaker to stay closed
        outage.traffic(delivery, Traffic.FEW_ON_MANY_CHANNELS, Duration.ofSeconds(1));
        outage.time.advance(Duration.ofSeconds(6));
        outage.down = false;

        // the batches wait for half a minute; an event on another channel is sent
        String json = "{\"channel\":\"other\",\"name\":\"e\",\"data\":\"0\"}";
        outage.results.add(delivery.deliver(new EncodedEvent(List.of("other"), json.getBytes(UTF_8)), null, false));

        assertThat(outage.untilAllAreDelivered(List.copyOf(outage.results))).isLessThan(Duration.ofSeconds(1));
        assertThat(outage.failures).isEmpty();
    }

    @Test
    void aBatchThatFailsWhileOthersSucceedWaitsForItsRetry() {
        outage.failingChannel = "c7";
        EventDelivery delivery = outage.delivery();

        outage.traffic(delivery, Traffic.MANY_ON_SOME_CHANNELS, Duration.ofSeconds(30));

        // after 1, 2, 4, 5 and each further 5 seconds, with jitter
        assertThat(outage.failedRequests).isBetween(5, 12);
        // the channels in the same batch wait with it
        assertThat(outage.received).hasSizeGreaterThan(40 * 29 * 45 / 50);
    }

    @Test
    void aLongWaitOfTheCircuitBreakerDoesNotLetEventsFail() {
        outage.breakerWait = Duration.ofMinutes(5);
        EventDelivery delivery = outage.delivery();
        outage.down = true;
        outage.traffic(delivery, Traffic.MANY_ON_SOME_CHANNELS, Duration.ofSeconds(100));
        outage.down = false;

        outage.untilAllAreDelivered(List.copyOf(outage.results));

        assertThat(outage.failures).isEmpty();
    }
}
