package com.lattestream.core.internal.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.lattestream.core.TriggerResult;
import com.lattestream.core.UndeliveredEventHandler;
import com.lattestream.core.internal.http.ServiceRequest;
import com.lattestream.core.internal.http.ServiceResponse;
import com.lattestream.core.internal.resilience.CircuitBreakerOptions;
import com.lattestream.core.internal.resilience.RetryOptions;
import com.lattestream.core.internal.resilience.RetryPolicy;
import com.lattestream.core.internal.resilience.ServiceBreaker;
import com.lattestream.core.internal.wire.EncodedEvent;
import com.lattestream.core.support.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class EventDeliveryTests {

    private static final EncodedEvent EVENT =
            new EncodedEvent(List.of("a"), "{\"channel\":\"a\",\"name\":\"e\",\"data\":\"1\"}".getBytes(UTF_8));

    private final AtomicInteger sent = new AtomicInteger();

    private final ManualScheduler time = new ManualScheduler();

    private EventDelivery delivery(
            Function<ServiceRequest, CompletableFuture<ServiceResponse>> service,
            boolean batching,
            int batchSize,
            int maxInFlight) {
        return new EventDelivery(
                new ServiceAccess(
                        service,
                        new RetryPolicy(new RetryOptions(0, Duration.ofSeconds(1), Duration.ofSeconds(30)), true, time),
                        new ServiceBreaker(
                                new CircuitBreakerOptions(false, 50, 50, 10, Duration.ofSeconds(5), 3), time.clock())),
                new DeliveryOptions(
                        batching,
                        batchSize,
                        Duration.ofMillis(100),
                        maxInFlight,
                        10_000,
                        1024 * 1024,
                        Duration.ZERO,
                        Duration.ofMinutes(2)),
                UndeliveredEventHandler.logging(),
                time,
                Runnable::run,
                time::nanoTime);
    }

    @Test
    void aSenderThatThrowsFailsItsEventsAndTheChannelGoesOn() {
        EventDelivery delivery = delivery(
                request -> {
                    if (sent.getAndIncrement() == 0) {
                        throw new IllegalStateException("broken sender");
                    }
                    return CompletableFuture.completedFuture(new ServiceResponse(200, new byte[0]));
                },
                false,
                1,
                10);

        CompletableFuture<TriggerResult> first =
                delivery.deliver(List.of(EVENT)).get(0);
        CompletableFuture<TriggerResult> second =
                delivery.deliver(List.of(EVENT)).get(0);

        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompleted();
        assertThat(delivery.flush()).isCompleted();
    }

    @Test
    void closingFailsWhatTheServiceNeverAnswers() {
        EventDelivery delivery = delivery(request -> new CompletableFuture<>(), true, 1, 1);
        CompletableFuture<TriggerResult> underWay =
                delivery.deliver(List.of(EVENT)).get(0);
        CompletableFuture<TriggerResult> waiting =
                delivery.deliver(List.of(EVENT)).get(0);
        CompletableFuture<?> flush = delivery.flush();

        delivery.close(Duration.ofMillis(1));

        assertThat(underWay).isCompletedExceptionally();
        assertThat(waiting).isCompletedExceptionally();
        assertThat(flush).isCompleted();
    }

    @Test
    void whatNobodyLooksAtLeavesALineInTheLog() {
        Logger logger = (Logger) LoggerFactory.getLogger(UndeliveredEventLog.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            EventDelivery delivery = delivery(
                    request -> CompletableFuture.failedFuture(new IllegalStateException("no service")), true, 2, 10);

            delivery.deliver(List.of(EVENT));
            delivery.deliver(List.of(EVENT));

            assertThat(lines.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .containsExactly("2 event(s) on a were not delivered: The event could not be sent:"
                            + " java.lang.IllegalStateException: no service");
        } finally {
            logger.detachAppender(lines);
        }
    }

    @Test
    void whatIsSentBesideAFullBatchIsNotForgotten() {
        List<CompletableFuture<ServiceResponse>> service = new ArrayList<>();
        EventDelivery delivery = delivery(
                request -> {
                    service.add(new CompletableFuture<>());
                    return service.get(service.size() - 1);
                },
                true,
                1,
                10);
        delivery.deliver(List.of(new EncodedEvent(List.of("b"), new byte[0])));
        CompletableFuture<TriggerResult> both = delivery.deliver(
                        List.of(new EncodedEvent(List.of("a", "b"), new byte[0])))
                .get(0);

        service.get(0).complete(new ServiceResponse(200, new byte[0]));
        time.advance(Duration.ofMillis(100));

        assertThat(service).hasSize(2);
        service.get(1).complete(new ServiceResponse(200, new byte[0]));
        assertThat(both).isCompleted();
    }

    @Test
    void allPartsOfAnEventAreSentWithoutAnybodyFlushing() {
        EventDelivery delivery = delivery(
                request -> CompletableFuture.completedFuture(new ServiceResponse(200, new byte[0])), true, 3, 10);
        List<EncodedEvent> parts = IntStream.range(0, 60)
                .mapToObj(i -> new EncodedEvent(List.of("a,b" + i), new byte[0]))
                .toList();

        List<CompletableFuture<TriggerResult>> answers = delivery.deliver(parts);
        time.advance(Duration.ofMillis(100));

        assertThat(answers).allMatch(CompletableFuture::isDone);
    }
}
