package com.lattestream.core.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.lattestream.core.internal.http.ServiceRequest;
import com.lattestream.core.internal.http.ServiceResponse;
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

    private static final EncodedEvent EVENT = new EncodedEvent(List.of("a"), new byte[] {'{', '}'});

    private final AtomicInteger sent = new AtomicInteger();

    private final ManualScheduler time = new ManualScheduler();

    private EventDelivery delivery(
            Function<ServiceRequest, CompletableFuture<ServiceResponse>> service,
            boolean batching,
            int batchSize,
            int maxInFlight) {
        return new EventDelivery(
                service,
                new DeliveryOptions(batching, batchSize, Duration.ofMillis(100), maxInFlight),
                time,
                Runnable::run);
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
        EventDelivery delivery = delivery(request -> new CompletableFuture<>(), true, 1, 1);
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

    @Test
    void whatNobodyLooksAtLeavesALineInTheLog() {
        Logger logger = (Logger) LoggerFactory.getLogger(UndeliveredLog.class);
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
                    .containsExactly("2 event(s) on a were not delivered: java.lang.IllegalStateException: no service");
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
        CompletableFuture<ServiceResponse> both = delivery.deliver(
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

        List<CompletableFuture<ServiceResponse>> answers = delivery.deliver(parts);
        time.advance(Duration.ofMillis(100));

        assertThat(answers).allMatch(CompletableFuture::isDone);
    }
}
