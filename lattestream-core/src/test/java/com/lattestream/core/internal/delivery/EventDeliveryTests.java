package com.lattestream.core.internal.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.lattestream.core.CircuitBreakerState;
import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamAuthenticationException;
import com.lattestream.core.LatteStreamException;
import com.lattestream.core.LatteStreamStatistics;
import com.lattestream.core.LatteStreamTimeoutException;
import com.lattestream.core.TriggerResult;
import com.lattestream.core.UndeliveredEvent;
import com.lattestream.core.UndeliveredEventHandler;
import com.lattestream.core.internal.http.LastRequestOutcome;
import com.lattestream.core.internal.http.ServiceRequest;
import com.lattestream.core.internal.http.ServiceResponse;
import com.lattestream.core.internal.resilience.CircuitBreakerOptions;
import com.lattestream.core.internal.resilience.RetryExecutor;
import com.lattestream.core.internal.resilience.RetryOptions;
import com.lattestream.core.internal.resilience.ServiceCircuitBreaker;
import com.lattestream.core.internal.wire.EncodedEvent;
import com.lattestream.core.internal.wire.EventEncoder;
import com.lattestream.core.internal.wire.EventFormat;
import com.lattestream.core.support.ManualScheduler;
import com.lattestream.core.support.Vectors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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

    private final List<UndeliveredEvent> undelivered = new ArrayList<>();

    private final List<CompletableFuture<ServiceResponse>> service = new ArrayList<>();

    private int maxRetries = 0;

    private boolean breaker = false;

    private boolean connected = true;

    private Executor callbacks = Runnable::run;

    private UndeliveredEventHandler handler = (events, reason) -> undelivered.addAll(events);

    private EventDelivery delivery(
            Function<ServiceRequest, CompletableFuture<ServiceResponse>> service,
            boolean batching,
            int batchSize,
            int maxInFlight) {
        return new EventDelivery(
                "test",
                new RequestPipeline(
                        service,
                        () -> connected,
                        new RetryExecutor(
                                "test",
                                RetryOptions.forEvents(maxRetries, Duration.ofSeconds(1), Duration.ofSeconds(30)),
                                true,
                                time),
                        new ServiceCircuitBreaker(
                                "test",
                                "https://service",
                                new CircuitBreakerOptions(breaker, 50, 4, 2, Duration.ofSeconds(5), 1),
                                time.clock())),
                new DeliveryOptions(
                        batching,
                        batchSize,
                        Duration.ofMillis(100),
                        maxInFlight,
                        10_000,
                        1024 * 1024,
                        Duration.ZERO,
                        Duration.ofMinutes(2)),
                handler,
                List.of(),
                time,
                task -> callbacks.execute(task),
                time::nanoTime);
    }

    /** A delivery for whose requests the test supplies the responses. */
    private EventDelivery delivery() {
        return delivery(
                request -> {
                    service.add(new CompletableFuture<>());
                    return service.get(service.size() - 1);
                },
                false,
                1,
                10);
    }

    private static CompletableFuture<TriggerResult> deliver(EventDelivery delivery, String... channels) {
        String json = "{\"channel\":\"" + String.join(",", channels) + "\",\"event\":\"e\",\"data\":\"1\"}";
        return delivery.deliver(List.of(new EncodedEvent(List.of(channels), json.getBytes(UTF_8))), null, true)
                .get(0);
    }

    private void answer(int request) {
        service.get(request).complete(new ServiceResponse(200, new byte[0]));
    }

    private void fail(int request, LatteStreamException reason) {
        service.get(request).completeExceptionally(reason);
    }

    private static LatteStreamApiException status(int status) {
        return status == 401
                ? new LatteStreamAuthenticationException("received status 401", 401, "")
                : new LatteStreamApiException("received status " + status, status, "", null);
    }

    @Test
    void anExceptionOfTheSenderFailsItsEventsAndTheChannelContinues() {
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
                delivery.deliver(List.of(EVENT), null, true).get(0);
        CompletableFuture<TriggerResult> second =
                delivery.deliver(List.of(EVENT), null, true).get(0);

        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompleted();
        assertThat(delivery.flush()).isCompleted();
    }

    @Test
    void closingFailsEventsWithoutAResponse() {
        EventDelivery delivery = delivery(request -> new CompletableFuture<>(), true, 1, 1);
        CompletableFuture<TriggerResult> underWay =
                delivery.deliver(List.of(EVENT), null, true).get(0);
        CompletableFuture<TriggerResult> waiting =
                delivery.deliver(List.of(EVENT), null, true).get(0);
        CompletableFuture<?> flush = delivery.flush();

        delivery.close(Duration.ofMillis(1), () -> Duration.ofSeconds(2));

        assertThat(underWay).isCompletedExceptionally();
        assertThat(waiting).isCompletedExceptionally();
        assertThat(flush).isCompleted();
    }

    @Test
    void undeliveredEventsAreLogged() {
        Logger logger = (Logger) LoggerFactory.getLogger(LoggingUndeliveredEventHandler.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            handler = UndeliveredEventHandler.logging();
            EventDelivery delivery = delivery(
                    request -> CompletableFuture.failedFuture(new IllegalStateException("no service")), true, 2, 10);

            delivery.deliver(List.of(EVENT), null, true);
            delivery.deliver(List.of(EVENT), null, true);

            assertThat(lines.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .containsExactly(
                            "[events_undelivered] 2 event(s) on a were not delivered and are lost: The event could not be sent:"
                                    + " java.lang.IllegalStateException: no service");
        } finally {
            logger.detachAppender(lines);
        }
    }

    @Test
    void anEventBesideAFullBatchIsSent() {
        EventDelivery delivery = delivery(
                request -> {
                    service.add(new CompletableFuture<>());
                    return service.get(service.size() - 1);
                },
                true,
                1,
                10);
        delivery.deliver(List.of(new EncodedEvent(List.of("b"), new byte[0])), null, true);
        CompletableFuture<TriggerResult> both = delivery.deliver(
                        List.of(new EncodedEvent(List.of("a", "b"), new byte[0])), null, true)
                .get(0);

        service.get(0).complete(new ServiceResponse(200, new byte[0]));
        time.advance(Duration.ofMillis(100));

        assertThat(service).hasSize(2);
        service.get(1).complete(new ServiceResponse(200, new byte[0]));
        assertThat(both).isCompleted();
    }

    @Test
    void allPartsOfAnEventAreSentWithoutAFlush() {
        EventDelivery delivery = delivery(
                request -> CompletableFuture.completedFuture(new ServiceResponse(200, new byte[0])), true, 3, 10);
        List<EncodedEvent> parts = IntStream.range(0, 60)
                .mapToObj(i -> new EncodedEvent(List.of("a,b" + i), new byte[0]))
                .toList();

        List<CompletableFuture<TriggerResult>> answers = delivery.deliver(parts, null, true);
        time.advance(Duration.ofMillis(100));

        assertThat(answers).allMatch(CompletableFuture::isDone);
    }

    @Test
    void anExpiredEventThatWasNeverSentFails() {
        EventDelivery delivery = delivery();
        deliver(delivery, "a");
        CompletableFuture<TriggerResult> behind = deliver(delivery, "a");

        time.advance(Duration.ofMinutes(2));

        assertThat(behind)
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        LatteStreamTimeoutException.class,
                        ex -> assertThat(ex.isAmbiguous()).isFalse())
                .withMessage("Not delivered within the delivery timeout of PT2M: it was not sent");
        answer(0);
        assertThat(service).hasSize(1);
        assertThat(undelivered).hasSize(2);
    }

    @Test
    void anEventThatExpiresDuringItsRequestFailsAsAmbiguousAndIsReportedOnce() {
        EventDelivery delivery = delivery();
        CompletableFuture<TriggerResult> late = deliver(delivery, "a");

        time.advance(Duration.ofMinutes(2));
        answer(0);

        assertThat(late)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        LatteStreamTimeoutException.class,
                        ex -> assertThat(ex.isAmbiguous()).isTrue());
        LatteStreamStatistics statistics = delivery.statistics(new LastRequestOutcome(time.clock()), 0);
        assertThat(statistics.failed()).isEqualTo(1);
        assertThat(statistics.delivered()).isZero();
        assertThat(undelivered).hasSize(1);
    }

    @Test
    void theStatisticsShowTheStateOfTheCircuitBreakerAlsoWithoutRequests() {
        breaker = true;
        maxRetries = 0;
        EventDelivery delivery = delivery();
        assertThat(circuitBreaker(delivery)).isEqualTo(CircuitBreakerState.CLOSED);

        for (int request : List.of(0, 1)) {
            deliver(delivery, "a");
            fail(request, new LatteStreamApiException("received status 503", 503, "", null));
        }
        assertThat(circuitBreaker(delivery)).isEqualTo(CircuitBreakerState.OPEN);

        time.advance(Duration.ofSeconds(6));
        assertThat(circuitBreaker(delivery)).isEqualTo(CircuitBreakerState.HALF_OPEN);
        deliver(delivery, "a");
        answer(2);
        assertThat(circuitBreaker(delivery)).isEqualTo(CircuitBreakerState.CLOSED);
    }

    @Test
    void theStatisticsShowADisabledCircuitBreaker() {
        assertThat(circuitBreaker(delivery())).isEqualTo(CircuitBreakerState.DISABLED);
    }

    private CircuitBreakerState circuitBreaker(EventDelivery delivery) {
        return delivery.statistics(new LastRequestOutcome(time.clock()), 0).circuitBreaker();
    }

    @Test
    void theDelayOfARetryEndsWithTheDeliveryTimeoutAndTheChannelContinues() {
        maxRetries = 100;
        EventDelivery delivery = delivery();
        CompletableFuture<TriggerResult> late = deliver(delivery, "a");
        for (int seconds : List.of(20, 30, 30, 30)) {
            fail(
                    service.size() - 1,
                    new LatteStreamApiException("received status 503", 503, "", Duration.ofSeconds(seconds)));
            time.advance(Duration.ofSeconds(seconds));
        }
        CompletableFuture<TriggerResult> behind = deliver(delivery, "a");
        fail(4, new LatteStreamApiException("received status 503", 503, "", Duration.ofSeconds(30)));
        // the wait would last beyond the delivery timeout, so there is an earlier attempt
        time.advance(Duration.ofMillis(7_500));
        fail(5, new LatteStreamApiException("received status 503", 503, "", Duration.ofSeconds(30)));

        time.advance(Duration.ofMillis(1_800));
        assertThat(late).isNotDone();
        time.advance(Duration.ofMillis(100));
        fail(6, new LatteStreamApiException("received status 503", 503, "", Duration.ofSeconds(30)));
        time.advance(Duration.ofMillis(600));

        assertThat(late)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .withMessage(
                        "Not delivered within the delivery timeout of PT2M; the last attempt failed: received status 503");
        time.advance(Duration.ofSeconds(1));
        answer(7);
        assertThat(behind).isCompleted();
    }

    @Test
    void eventsBehindAnExpiredEventAreSentWithoutAFlush() {
        EventDelivery delivery = delivery();
        deliver(delivery, "a");
        deliver(delivery, "a", "b");
        time.advance(Duration.ofSeconds(1));
        deliver(delivery, "b");
        assertThat(service).hasSize(1);

        time.advance(Duration.ofSeconds(119));

        assertThat(service).hasSize(2);
    }

    @Test
    void aRejectedSecretFailsWaitingEventsAndIsLoggedOnceUntilASecretIsAccepted() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(EventCompleter.class);
        lines.start();
        logger.addAppender(lines);
        try {
            EventDelivery delivery = delivery();
            CompletableFuture<TriggerResult> refused = deliver(delivery, "a");
            CompletableFuture<TriggerResult> waiting = deliver(delivery, "a");
            CompletableFuture<TriggerResult> underWay = deliver(delivery, "b");

            fail(0, status(401));
            assertThat(List.of(refused, waiting)).allMatch(CompletableFuture::isCompletedExceptionally);
            assertThat(underWay).isNotDone();
            fail(1, status(401));
            assertThat(underWay).isCompletedExceptionally();
            assertThat(undelivered).hasSize(3);
            assertThat(lines.list)
                    .singleElement()
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .isEqualTo(
                            "[secret_refused] The service rejected the secret, so all 2 queued event(s) failed: received status 401."
                                    + " Later events are sent with the same secret. Check lattestream.secret, and that the"
                                    + " secret belongs to the cluster or endpoint");

            deliver(delivery, "a");
            answer(2);
            deliver(delivery, "a");
            fail(3, status(401));
            delivery.close(Duration.ZERO, () -> Duration.ofSeconds(2));
            assertThat(lines.list)
                    .hasSize(2)
                    .last()
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .isEqualTo("[secret_refused] Further refusals within 10 s: 1");
        } finally {
            logger.detachAppender(lines);
        }
    }

    @Test
    void whileTheServiceIsUnavailableEventsWaitWithoutUsingUpTheirRetries() {
        breaker = true;
        maxRetries = 1;
        EventDelivery delivery = delivery();
        CompletableFuture<TriggerResult> first = deliver(delivery, "a");
        CompletableFuture<TriggerResult> second = deliver(delivery, "b");
        fail(0, status(503));
        fail(1, status(503));
        CompletableFuture<TriggerResult> third = deliver(delivery, "c");

        time.advance(Duration.ofMillis(4900));
        assertThat(service).hasSize(2);
        // then one request tries whether the service is back
        time.advance(Duration.ofMillis(200));
        assertThat(service).hasSize(3);
        answer(2);
        time.advance(Duration.ofMillis(200));
        answer(3);
        answer(4);

        assertThat(List.of(first, second, third)).allMatch(future -> !future.isCompletedExceptionally());
        assertThat(List.of(first, second, third)).allMatch(CompletableFuture::isDone);
    }

    @Test
    void anExceptionOfAHandlerDoesNotAffectFuturesAndFlushes() {
        handler = (events, reason) -> {
            throw new IllegalStateException("broken handler");
        };
        EventDelivery delivery = delivery();
        CompletableFuture<TriggerResult> failed = deliver(delivery, "a");
        CompletableFuture<?> flush = delivery.flush();

        fail(0, status(404));

        assertThat(failed).isCompletedExceptionally();
        assertThat(flush).isCompleted();
    }

    @Test
    void anUndeliveredEventCanBeTriggeredAgainUnchanged() {
        EventDelivery delivery = delivery();
        String json = "{\"channel\":\"a,b\",\"event\":\"e\",\"data\":\"{\\\"n\\\":1.10}\",\"socketId\":\"1.2\"}";
        delivery.deliver(List.of(new EncodedEvent(List.of("a", "b"), json.getBytes(UTF_8))), null, true);
        fail(0, status(404));

        assertThat(undelivered).singleElement().satisfies(event -> {
            assertThat(event.channels()).containsExactly("a", "b");
            assertThat(event.name()).isEqualTo("e");
            assertThat(event.json()).isEqualTo("{\"n\":1.10}");
            assertThat(event.excludedSocketId()).contains("1.2");
            assertThat(event.toString()).doesNotContain("1.10");
            EncodedEvent again = new EventEncoder(Vectors.JSON).encode(event.toEvent(), EventFormat.SINGLE);
            assertThat(new String(again.json(), UTF_8)).isEqualTo(json);
        });
    }

    @Test
    void aStuckExecutorReceivesOneTaskAndItsEventsOccupyRoom() {
        List<Runnable> stuck = new ArrayList<>();
        callbacks = stuck::add;
        EventDelivery delivery = delivery();
        CompletableFuture<TriggerResult> event = deliver(delivery, "a");
        CompletableFuture<?> flush = delivery.flush();
        answer(0);

        time.advance(Duration.ofMinutes(1));

        assertThat(stuck).hasSize(1);
        LatteStreamStatistics statistics = delivery.statistics(new LastRequestOutcome(time.clock()), 0);
        assertThat(statistics.delivered()).isEqualTo(1);
        assertThat(statistics.queuedBytes()).isPositive();
        assertThat(flush).isNotDone();
        stuck.remove(0).run();
        assertThat(event).isCompleted();
        assertThat(flush).isCompleted();
        assertThat(delivery.statistics(new LastRequestOutcome(time.clock()), 0).queuedBytes())
                .isZero();
    }
}
