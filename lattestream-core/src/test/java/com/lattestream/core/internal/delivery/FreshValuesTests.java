package com.lattestream.core.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamStatistics;
import com.lattestream.core.LatteStreamTimeoutException;
import com.lattestream.core.TriggerResult;
import com.lattestream.core.internal.delivery.OutageSimulation.Traffic;
import com.lattestream.core.internal.http.LastRequestOutcome;
import com.lattestream.core.internal.wire.EventLifetime;
import com.lattestream.core.internal.wire.EventLifetime.Conflation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

/** Expiring and conflated events in simulated time, with and without outages. */
class FreshValuesTests {

    private final OutageSimulation service = new OutageSimulation();

    private static EventLifetime expiringAfter(Duration expiry) {
        return new EventLifetime(expiry, null);
    }

    private static EventLifetime conflated(String channel) {
        return new EventLifetime(null, new Conflation(List.of(channel), "e", null, ""));
    }

    private LatteStreamStatistics statistics(EventDelivery delivery) {
        return delivery.statistics(new LastRequestOutcome(service.time.clock()), 0);
    }

    private static ThrowableAssertAlternative<?> failure(CompletableFuture<TriggerResult> event) {
        return assertThat(event)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(LatteStreamTimeoutException.class);
    }

    @Test
    void anEventThatWaitsLongerThanItsExpiryFailsAndIsNotSent() {
        EventDelivery delivery = service.delivery();
        service.down = true;
        service.traffic(delivery, Traffic.FEW_ON_MANY_CHANNELS, Duration.ofSeconds(10));
        // the circuit breaker is open: nothing is sent
        CompletableFuture<TriggerResult> event = service.deliver(delivery, "c1", expiringAfter(Duration.ofMillis(700)));
        int requests = service.requests;

        service.time.advance(Duration.ofMillis(699));
        assertThat(event).isNotDone();
        service.time.advance(Duration.ofMillis(11));

        failure(event).withMessage("Not delivered within the expiry of the event of PT0.7S: it was not sent");
        assertThat(service.requests - requests).isLessThanOrEqualTo(1);
        assertThat(statistics(delivery).failed()).isEqualTo(1);
        assertThat(service.failures).hasSize(1);
    }

    @Test
    void anEventThatWasSentFailsWithItsLastFailure() {
        EventDelivery delivery = service.delivery();
        service.down = true;
        CompletableFuture<TriggerResult> event = service.deliver(delivery, "c1", expiringAfter(Duration.ofSeconds(5)));
        CompletableFuture<TriggerResult> plain = service.deliver(delivery, "c1", null);

        service.time.advance(Duration.ofSeconds(5).plusMillis(10));
        failure(event)
                .withMessage("Not delivered within the expiry of the event of PT5S; the last attempt failed: refused");
        assertThat(plain).isNotDone();
        service.down = false;
        service.untilAllAreDelivered(List.of(plain));

        assertThat(plain).isCompleted();
        assertThat(service.received).containsExactly("c1/1");
    }

    @Test
    void eventsExpireInTheOrderOfTheirOwnTimes() {
        EventDelivery delivery = service.delivery();
        service.down = true;
        CompletableFuture<TriggerResult> late = service.deliver(delivery, "c1", expiringAfter(Duration.ofSeconds(40)));
        CompletableFuture<TriggerResult> plain = service.deliver(delivery, "c2", null);
        CompletableFuture<TriggerResult> early = service.deliver(delivery, "c3", expiringAfter(Duration.ofSeconds(3)));

        service.time.advance(Duration.ofSeconds(4));
        assertThat(early).isCompletedExceptionally();
        assertThat(late).isNotDone();
        service.time.advance(Duration.ofSeconds(37));
        assertThat(late).isCompletedExceptionally();
        assertThat(plain).isNotDone();
        service.time.advance(Duration.ofSeconds(80));
        failure(plain).withMessageStartingWith("Not delivered within the delivery timeout of PT2M");
        assertThat(service.time.pending()).allMatch(delay -> delay.compareTo(Duration.ofSeconds(1)) > 0);
    }

    @Test
    void theDeliveryTimeoutAppliesToAnEventWithALongerExpiry() {
        service.deliveryTimeout = Duration.ofSeconds(10);
        EventDelivery delivery = service.delivery();
        service.down = true;
        CompletableFuture<TriggerResult> event = service.deliver(delivery, "c1", expiringAfter(Duration.ofMinutes(1)));

        service.time.advance(Duration.ofSeconds(10));

        failure(event).withMessageStartingWith("Not delivered within the delivery timeout of PT10S");
    }

    @Test
    void anExpiryDoesNotShortenTheWaitThatTheServiceRequests() {
        service.fault = OutageSimulation::unavailableForLong;
        service.breakerWait = Duration.ofSeconds(1);
        EventDelivery delivery = service.delivery();
        service.down = true;
        service.deliver(delivery, "c1", expiringAfter(Duration.ofSeconds(5)));
        service.time.advance(Duration.ofSeconds(29));

        assertThat(service.requests).isEqualTo(1);
    }

    @Test
    void eventsThatExpireAllTheTimeDoNotKeepTheCircuitBreakerFromPausing() {
        EventDelivery delivery = service.delivery();
        service.down = true;
        for (int i = 0; i < 6_000; i++) {
            service.deliver(delivery, "c" + i % 200, expiringAfter(Duration.ofSeconds(2)));
            service.time.advance(Duration.ofMillis(10));
        }

        // without events that expire: three requests after each pause of five seconds
        assertThat(service.requests).isLessThan(100);
        assertThat(statistics(delivery).queued() + statistics(delivery).inFlight())
                .isLessThanOrEqualTo(202);
    }

    @Test
    void aValueThatChangesAllTheTimeIsSentOncePerInterval() {
        EventDelivery delivery = service.delivery();
        for (int i = 0; i < 100; i++) {
            service.deliver(delivery, "c1", conflated("c1"));
            service.time.advance(Duration.ofMillis(10));
        }
        service.time.advance(Duration.ofMillis(200));

        assertThat(service.received).hasSizeBetween(9, 12).contains("c1/99");
        assertThat(statistics(delivery).superseded()).isEqualTo(100 - service.received.size());
    }

    @Test
    void aDueValueIsSentThoughNewerOnesReplaceItWhileAllConnectionsAreBusy() {
        EventDelivery delivery = service.delivery();
        // one batch per channel, so that all connections are in use
        List<String> slow = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            slow.add("slow" + i);
        }
        service.responseTime = Duration.ofMillis(150);
        for (String channel : slow) {
            service.deliver(delivery, channel, null);
            delivery.flush();
        }
        service.deliver(delivery, "c1", conflated("c1"));
        service.time.advance(Duration.ofMillis(145));
        // the interval of the first value has passed; that of the next one has not
        service.deliver(delivery, "c1", conflated("c1"));
        service.responseTime = Duration.ofMillis(5);
        service.time.advance(Duration.ofMillis(10));

        assertThat(service.receivedAt).containsKey("c1/15");
    }

    @Test
    void afterAnOutageTheLatestValueOfEachChannelIsSentAndNoOlderOne() {
        EventDelivery delivery = service.delivery();
        int channels = 50;
        for (int i = 0; i < 4_000; i++) {
            service.down = i >= 500 && i < 3_500;
            service.deliver(delivery, "c" + i % channels, conflated("c" + i % channels));
            service.time.advance(Duration.ofMillis(10));
        }
        Duration recovery = Duration.ofSeconds(35);
        service.untilAllAreDelivered(List.copyOf(service.results));

        assertThat(service.failures).isEmpty();
        assertThat(service.outOfOrder).isFalse();
        for (int channel = 0; channel < channels; channel++) {
            assertThat(service.received).contains("c" + channel + "/" + (4_000 - channels + channel));
        }
        // values are triggered every 10 ms, each channel every half second
        service.receivedAt.forEach((value, at) -> {
            if (at.compareTo(recovery) >= 0) {
                Duration triggered = Duration.ofMillis(10L * Integer.parseInt(value.substring(value.indexOf('/') + 1)));
                assertThat(at.minus(triggered)).as(value).isLessThan(Duration.ofMillis(700));
            }
        });
        assertThat(statistics(delivery).superseded() + service.received.size()).isEqualTo(4_000);
    }

    @Test
    void aRequestThatHangsDuringAnOutageIsNotRepeatedWithItsOldValue() {
        EventDelivery delivery = service.delivery();
        service.down = true;
        service.fault = OutageSimulation::reset;
        service.responseTime = Duration.ofSeconds(30);
        CompletableFuture<TriggerResult> hanging = service.deliver(delivery, "c1", conflated("c1"));
        service.time.advance(Duration.ofSeconds(10));
        CompletableFuture<TriggerResult> latest = service.deliver(delivery, "c1", conflated("c1"));
        service.responseTime = Duration.ofMillis(5);
        service.down = false;
        assertThat(hanging).isNotDone();

        service.untilAllAreDelivered(List.of(hanging, latest));

        assertThat(hanging.join().superseded()).isTrue();
        assertThat(latest.join().superseded()).isFalse();
        assertThat(service.received).containsExactly("c1/1");
    }
}
