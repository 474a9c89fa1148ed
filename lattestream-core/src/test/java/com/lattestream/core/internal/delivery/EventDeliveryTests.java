package com.lattestream.core.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.internal.http.ServiceResponse;
import com.lattestream.core.internal.wire.EncodedEvent;
import com.lattestream.core.support.ManualScheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventDeliveryTests {

    private static final EncodedEvent EVENT = new EncodedEvent(List.of("a"), new byte[] {'{', '}'});

    private final AtomicInteger sent = new AtomicInteger();

    @Test
    void aSenderThatThrowsFailsItsEventsAndTheChannelGoesOn() {
        EventDelivery delivery = new EventDelivery(
                request -> {
                    if (sent.getAndIncrement() == 0) {
                        throw new IllegalStateException("broken sender");
                    }
                    return CompletableFuture.completedFuture(new ServiceResponse(200, new byte[0]));
                },
                new DeliveryOptions(false, 1, Duration.ofMillis(100), 10),
                new ManualScheduler(),
                Runnable::run);

        CompletableFuture<ServiceResponse> first =
                delivery.deliver(List.of(EVENT)).get(0);
        CompletableFuture<ServiceResponse> second =
                delivery.deliver(List.of(EVENT)).get(0);

        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompleted();
        assertThat(delivery.flush()).isCompleted();
    }

    @Test
    void closingFailsWhatTheServiceNeverAnswers() {
        EventDelivery delivery = new EventDelivery(
                request -> new CompletableFuture<>(),
                new DeliveryOptions(true, 1, Duration.ofMillis(100), 1),
                new ManualScheduler(),
                Runnable::run);
        CompletableFuture<ServiceResponse> underWay =
                delivery.deliver(List.of(EVENT)).get(0);
        CompletableFuture<ServiceResponse> waiting =
                delivery.deliver(List.of(EVENT)).get(0);
        CompletableFuture<?> flush = delivery.flush();

        delivery.close(Duration.ofMillis(1));

        assertThat(underWay).isCompletedExceptionally();
        assertThat(waiting).isCompletedExceptionally();
        assertThat(flush).isCompleted();
    }
}
