package com.lattestream.core.internal.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.DeliveryListener;
import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamAuthenticationException;
import com.lattestream.core.LatteStreamConnectionException;
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
import com.lattestream.core.support.ManualScheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How each event ends: which events a request contains, which are sent again, and what is reported. */
class DeliveryDecisionTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ManualScheduler time = new ManualScheduler();

    private final List<String> requests = new ArrayList<>();

    private final List<CompletableFuture<ServiceResponse>> service = new ArrayList<>();

    private final List<String> undelivered = new ArrayList<>();

    private final List<String> heard = new ArrayList<>();

    private boolean closed;

    private @Nullable RuntimeException failureOfClosing;

    private CircuitBreakerOptions breaker = new CircuitBreakerOptions(false, 50, 4, 2, Duration.ofSeconds(5), 1);

    private int maxRetries = 3;

    private boolean listening = true;

    private final DeliveryListener listener = new DeliveryListener() {

        @Override
        public void onBatch(String client, int events) {
            heard.add("batch of " + events);
        }

        @Override
        public void onDelivered(String client, long nanos) {
            heard.add("delivered after " + Duration.ofNanos(nanos));
        }

        @Override
        public void onFailed(String client, long nanos) {
            heard.add("failed after " + Duration.ofNanos(nanos));
        }
    };

    private final UndeliveredEventHandler handler = new UndeliveredEventHandler() {

        @Override
        public void onUndelivered(List<UndeliveredEvent> events, LatteStreamException reason) {
            events.forEach(event -> undelivered.add(event.name()));
        }

        @Override
        public void onClose() {
            closed = true;
            if (failureOfClosing != null) {
                throw failureOfClosing;
            }
        }
    };

    private EventDelivery delivery(int batchSize) {
        return new EventDelivery(
                "test",
                new RequestPipeline(
                        this::exchange,
                        () -> true,
                        new RetryExecutor(
                                "test",
                                RetryOptions.forEvents(maxRetries, Duration.ofSeconds(1), Duration.ofSeconds(30)),
                                true,
                                time),
                        new ServiceCircuitBreaker("test", "https://service", breaker, time.clock())),
                new DeliveryOptions(
                        true, batchSize, Duration.ofMillis(100), 10, 1000, 1024 * 1024, Duration.ZERO, TIMEOUT),
                handler,
                listening ? List.of(listener) : List.of(),
                time,
                Runnable::run,
                time::nanoTime);
    }

    private CompletableFuture<ServiceResponse> exchange(ServiceRequest request) {
        requests.add(new String(request.body(), UTF_8).replaceAll("[^0-9,]", ""));
        service.add(new CompletableFuture<>());
        return service.get(service.size() - 1);
    }

    private static EncodedEvent event(int number, String... channels) {
        return new EncodedEvent(
                List.of(channels),
                ("{\"name\":\"" + number + "\",\"channel\":\"" + channels[0].replaceAll("[0-9]", "")
                                + "\",\"data\":\"\"}")
                        .getBytes(UTF_8));
    }

    private static List<CompletableFuture<TriggerResult>> deliver(EventDelivery delivery, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> delivery.deliver(event(number, "channel" + number), null, true))
                .toList();
    }

    private void respond(int request) {
        service.get(request).complete(new ServiceResponse(200, new byte[0]));
    }

    private void reject(int request, int status) {
        service.get(request)
                .completeExceptionally(new LatteStreamApiException("received status " + status, status, "", null));
    }

    private static LatteStreamException reason(CompletableFuture<?> future) {
        return (LatteStreamException)
                future.handle((result, failure) -> failure).join();
    }

    private LatteStreamStatistics statistics(EventDelivery delivery) {
        return delivery.statistics(new LastRequestOutcome(time.clock()), 0);
    }

    @Test
    void aRejectedBatchIsHalvedUntilTheRejectedEventIsAlone() {
        EventDelivery delivery = delivery(5);
        List<CompletableFuture<TriggerResult>> events = deliver(delivery, 5);

        reject(0, 400);
        assertThat(service).as("one half after the other").hasSize(2);
        respond(1);
        reject(2, 413);
        respond(3);
        reject(4, 422);
        reject(5, 400);
        respond(6);

        assertThat(numbers()).containsExactly("01234", "01", "234", "2", "34", "3", "4");
        assertThat(events.get(3)).isCompletedExceptionally();
        assertThat(events)
                .filteredOn(CompletableFuture::isCompletedExceptionally)
                .hasSize(1);
        assertThat(events).allMatch(CompletableFuture::isDone);
        assertThat(undelivered).containsExactly("3");
        assertThat(statistics(delivery).split()).isEqualTo(3);
        assertThat(statistics(delivery).delivered()).isEqualTo(4);
        assertThat(statistics(delivery).failed()).isEqualTo(1);
    }

    private List<String> numbers() {
        return requests.stream().map(request -> request.replace(",", "")).toList();
    }

    @Test
    void aBatchThatFailsForAnotherReasonIsNotHalved() {
        EventDelivery delivery = delivery(2);
        List<CompletableFuture<TriggerResult>> events = deliver(delivery, 2);

        reject(0, 404);

        assertThat(events).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(requests).hasSize(1);
        assertThat(statistics(delivery).split()).isZero();
        assertThat(undelivered).containsExactly("0", "1");
    }

    @Test
    void retriesAreCountedAndFirstAttemptsAreNot() {
        EventDelivery delivery = delivery(1);
        deliver(delivery, 1);
        assertThat(statistics(delivery).retried()).isZero();

        reject(0, 503);
        time.advance(Duration.ofSeconds(2));
        respond(1);

        assertThat(statistics(delivery).retried()).isEqualTo(1);
        assertThat(statistics(delivery).delivered()).isEqualTo(1);
    }

    @Test
    void listenersHearOfBatchesAndOfTheTimeOfEachEvent() {
        EventDelivery delivery = delivery(2);
        deliver(delivery, 1);
        time.advance(Duration.ofMillis(100));
        time.advance(Duration.ofMillis(400));
        respond(0);
        deliver(delivery, 2);
        time.advance(Duration.ofSeconds(1));
        reject(1, 404);

        assertThat(heard)
                .containsExactly(
                        "batch of 1", "delivered after PT0.5S", "batch of 2", "failed after PT1S", "failed after PT1S");
    }

    @Test
    void withoutListenersEventsAreDelivered() {
        listening = false;
        List<CompletableFuture<TriggerResult>> events = deliver(delivery(1), 2);

        respond(0);
        reject(1, 404);

        assertThat(events.get(0))
                .isCompletedWithValueMatching(result -> result.channels().equals(List.of("channel0")));
        assertThat(events.get(1)).isCompletedExceptionally();
    }

    @Test
    void anEventForSeveralChannelsHasAllOfThemInItsResult() {
        EventDelivery delivery = delivery(2);
        CompletableFuture<TriggerResult> both = delivery.deliver(event(0, "a", "b"), null, true);
        CompletableFuture<TriggerResult> one = delivery.deliver(event(1, "a"), null, true);
        CompletableFuture<TriggerResult> others = delivery.deliver(event(2, "a", "c"), null, true);
        delivery.flush();

        respond(0);
        respond(1);

        assertThat(both.join().channels()).containsExactly("a", "b");
        assertThat(one.join().channels()).containsExactly("a");
        assertThat(others.join().channels()).containsExactly("a", "c");
    }

    @Test
    void aTimeoutAfterAnAttemptWithoutAResponseIsAmbiguousAndNamesTheFailure() {
        maxRetries = RetryOptions.UNLIMITED;
        CompletableFuture<TriggerResult> event = deliver(delivery(1), 1).get(0);
        service.get(0)
                .completeExceptionally(
                        new LatteStreamConnectionException("connection reset", true, new IOException("reset")));
        service.clear();

        while (!event.isDone()) {
            time.advance(Duration.ofSeconds(1));
            service.forEach(attempt ->
                    attempt.completeExceptionally(new LatteStreamApiException("received status 503", 503, "", null)));
        }

        assertThat(reason(event))
                .isInstanceOfSatisfying(
                        LatteStreamTimeoutException.class,
                        late -> assertThat(late.isAmbiguous()).isTrue())
                .hasMessage(
                        "Not delivered within the delivery timeout of PT10S; the last attempt failed: received status 503");
    }

    @Test
    void aTimeoutAfterResponsesOnlyIsNotAmbiguous() {
        maxRetries = RetryOptions.UNLIMITED;
        CompletableFuture<TriggerResult> event = deliver(delivery(1), 1).get(0);

        while (!event.isDone()) {
            service.forEach(attempt ->
                    attempt.completeExceptionally(new LatteStreamApiException("received status 503", 503, "", null)));
            time.advance(Duration.ofMillis(100));
        }

        assertThat(reason(event))
                .isInstanceOfSatisfying(
                        LatteStreamTimeoutException.class,
                        late -> assertThat(late.isAmbiguous()).isFalse());
        assertThat(time.nanoTime()).isEqualTo(TIMEOUT.toNanos());
    }

    @Test
    void eventsOfOneRequestExpireTogetherAndThoseThatWaitSeparately() {
        EventDelivery delivery = delivery(2);
        List<CompletableFuture<TriggerResult>> sent = deliver(delivery, 2);
        CompletableFuture<TriggerResult> waiting = delivery.deliver(event(2, "channel0"), null, true);

        time.advance(TIMEOUT);

        assertThat(reason(sent.get(0)))
                .isSameAs(reason(sent.get(1)))
                .hasMessage("Not delivered within the delivery timeout of PT10S");
        assertThat(reason(waiting)).hasMessage("Not delivered within the delivery timeout of PT10S: it was not sent");
        assertThat(undelivered).containsExactlyInAnyOrder("0", "1", "2");
    }

    @Test
    void beforeADeadlineAnOpenCircuitBreakerPermitsAnAttempt() {
        breaker = new CircuitBreakerOptions(true, 50, 4, 2, Duration.ofHours(1), 1);
        maxRetries = RetryOptions.UNLIMITED;
        EventDelivery delivery = delivery(1);
        List<CompletableFuture<TriggerResult>> events = deliver(delivery, 2);
        reject(0, 503);
        reject(1, 503);

        time.advance(Duration.ofMillis(8900));
        assertThat(service).hasSize(2);
        time.advance(Duration.ofMillis(300));
        assertThat(service).as("an attempt of one of them").hasSize(3);
        respond(2);
        time.advance(Duration.ofMillis(200));
        respond(3);

        assertThat(events).allMatch(event -> event.isDone() && !event.isCompletedExceptionally());
    }

    @Test
    void attemptsThatFindOutWhetherTheServiceRespondsAgainAreNotCountedAsRetries() {
        breaker = new CircuitBreakerOptions(true, 50, 4, 2, Duration.ofSeconds(1), 1);
        maxRetries = 1;
        EventDelivery delivery = delivery(1);
        List<CompletableFuture<TriggerResult>> events = deliver(delivery, 2);
        reject(0, 503);
        reject(1, 503);

        int answered = 2;
        for (int i = 0; i < 50; i++) {
            time.advance(Duration.ofMillis(100));
            while (answered < service.size()) {
                reject(answered++, 503);
            }
        }
        assertThat(service).as("more attempts than retries are allowed").hasSizeGreaterThan(4);
        assertThat(events).noneMatch(CompletableFuture::isDone);

        for (int i = 0; i < 40; i++) {
            time.advance(Duration.ofMillis(100));
            while (answered < service.size()) {
                respond(answered++);
            }
        }
        assertThat(events).allMatch(event -> event.isDone() && !event.isCompletedExceptionally());
    }

    @Test
    void whenTheServiceRespondsAfterAnOutageAllWaitingEventsAreRetriedImmediately() {
        maxRetries = RetryOptions.UNLIMITED;
        EventDelivery delivery = delivery(1);
        List<CompletableFuture<TriggerResult>> events = deliver(delivery, 2);
        service.get(0)
                .completeExceptionally(
                        new LatteStreamApiException("received status 503", 503, "", Duration.ofSeconds(30)));
        time.advance(Duration.ofSeconds(5));

        respond(1);

        assertThat(service).hasSize(3);
        respond(2);
        assertThat(events).allMatch(event -> event.isDone() && !event.isCompletedExceptionally());
    }

    @Test
    void aRejectionEndsAnOutageToo() {
        maxRetries = RetryOptions.UNLIMITED;
        EventDelivery delivery = delivery(1);
        deliver(delivery, 2);
        service.get(0)
                .completeExceptionally(
                        new LatteStreamApiException("received status 503", 503, "", Duration.ofSeconds(30)));
        time.advance(Duration.ofSeconds(5));

        reject(1, 404);

        assertThat(service).hasSize(3);
    }

    @Test
    void closingClosesTheHandlerAlsoIfItFails() {
        failureOfClosing = new IllegalStateException("a defect");
        EventDelivery delivery = delivery(1);

        assertThat(delivery.close(Duration.ZERO, () -> Duration.ZERO)).isZero();

        assertThat(closed).isTrue();
    }

    @Test
    void closingReportsTheNumberOfEventsWithoutAResponse() {
        EventDelivery delivery = delivery(1);
        deliver(delivery, 2);

        assertThat(delivery.close(Duration.ZERO, () -> Duration.ofSeconds(1))).isEqualTo(2);

        assertThat(undelivered).containsExactly("0", "1");
    }

    @Test
    void anEventThatWaitsForTheCircuitBreakerAtItsDeadlineIsNotAmbiguous() {
        breaker = new CircuitBreakerOptions(true, 50, 4, 2, Duration.ofHours(1), 1);
        maxRetries = RetryOptions.UNLIMITED;
        List<CompletableFuture<TriggerResult>> events = deliver(delivery(1), 2);
        reject(0, 503);
        reject(1, 503);

        time.advance(Duration.ofMillis(9200));
        reject(2, 503);
        time.advance(Duration.ofMillis(800));

        assertThat(events)
                .allSatisfy(event -> assertThat(reason(event))
                        .isInstanceOfSatisfying(
                                LatteStreamTimeoutException.class,
                                late -> assertThat(late.isAmbiguous()).isFalse()));
    }

    @Test
    void anEventThatIsAcceptedWhileTheCircuitBreakerIsOpenIsSentAfterwards() {
        breaker = new CircuitBreakerOptions(true, 50, 4, 2, Duration.ofSeconds(1), 1);
        maxRetries = 0;
        EventDelivery delivery = delivery(1);
        deliver(delivery, 2);
        reject(0, 503);
        reject(1, 503);
        delivery.deliver(event(7, "later"), null, true);
        assertThat(service).hasSize(2);

        time.advance(Duration.ofMillis(1100));

        assertThat(numbers()).containsExactly("0", "1", "7");
    }

    @Test
    void aCallerThatFindsTheCircuitBreakerHalfOpenHasAllWaitingEventsSent() {
        breaker = new CircuitBreakerOptions(true, 50, 4, 2, Duration.ofSeconds(1), 5);
        maxRetries = 0;
        EventDelivery delivery = delivery(1);
        deliver(delivery, 2);
        reject(0, 503);
        reject(1, 503);
        time.advance(Duration.ofMillis(50));
        delivery.deliverImmediately(List.of(event(7, "a")), null);
        delivery.deliverImmediately(List.of(event(8, "b")), null);
        time.advance(Duration.ofMillis(951));
        assertThat(service).as("before the next query of the circuit breaker").hasSize(2);

        delivery.deliverImmediately(List.of(event(9, "c")), null);

        assertThat(numbers()).containsExactly("0", "1", "7", "8", "9");
    }

    @Test
    void anAttemptThatFindsOutWhetherTheServiceRespondsAgainWaitsAsLongAsTheServiceRequests() {
        breaker = new CircuitBreakerOptions(true, 50, 4, 2, Duration.ofSeconds(1), 1);
        maxRetries = 1;
        EventDelivery delivery = delivery(1);
        deliver(delivery, 2);
        reject(0, 503);
        reject(1, 503);
        time.advance(Duration.ofMillis(1300));
        assertThat(service).hasSize(3);

        service.get(2)
                .completeExceptionally(
                        new LatteStreamApiException("received status 503", 503, "", Duration.ofSeconds(3)));
        time.advance(Duration.ofMillis(1200));
        reject(3, 404);
        assertThat(numbers())
                .as("the other event is sent first")
                .hasSize(4)
                .last()
                .isNotEqualTo(numbers().get(2));

        time.advance(Duration.ofMillis(1700));
        assertThat(service).hasSize(4);
        time.advance(Duration.ofMillis(300));
        assertThat(numbers()).hasSize(5).last().isEqualTo(numbers().get(2));
    }

    @Test
    void undeliveredEventsAreReportedInTheOrderOfTheirTriggers() {
        EventDelivery delivery = delivery(1);
        delivery.deliver(event(0, "a"), null, true);
        delivery.deliver(event(1, "a"), null, true);
        delivery.deliver(event(2, "b"), null, true);
        assertThat(service).hasSize(2);

        service.get(1).completeExceptionally(new LatteStreamAuthenticationException("received status 401", 401, ""));

        assertThat(undelivered).containsExactly("1", "2");
    }

    @Test
    void anExplicitBatchIsSentInRequestsOfTenEventsOneAfterTheOther() {
        EventDelivery delivery = delivery(3);
        List<CompletableFuture<TriggerResult>> events = delivery.deliverImmediately(
                IntStream.range(0, 12)
                        .mapToObj(number -> event(number, "channel" + number))
                        .toList(),
                null);

        assertThat(numbers()).containsExactly("0123456789");
        respond(0);
        assertThat(numbers()).containsExactly("0123456789", "1011");
        assertThat(events.subList(0, 10)).allMatch(CompletableFuture::isDone);
        assertThat(events.subList(10, 12)).noneMatch(CompletableFuture::isDone);
        respond(1);
        assertThat(events).allMatch(event -> event.isDone() && !event.isCompletedExceptionally());
    }

    @Test
    void eachEventExpiresAtItsOwnDeadline() {
        EventDelivery delivery = delivery(1);
        CompletableFuture<TriggerResult> first = delivery.deliver(event(0, "a"), null, true);
        time.advance(Duration.ofSeconds(5));
        CompletableFuture<TriggerResult> second = delivery.deliver(event(1, "b"), null, true);

        time.advance(Duration.ofMillis(4999));
        assertThat(first).isNotDone();
        time.advance(Duration.ofMillis(1));
        assertThat(first).isCompletedExceptionally();
        time.advance(Duration.ofMillis(4999));
        assertThat(second).isNotDone();
        time.advance(Duration.ofMillis(1));
        assertThat(second).isCompletedExceptionally();
    }

    @Test
    void eventsAlsoExpireAfterATimeWithoutEvents() {
        EventDelivery delivery = delivery(1);
        deliver(delivery, 1);
        respond(0);
        time.advance(Duration.ofMinutes(1));
        assertThat(time.pending()).as("no timer runs").isEmpty();

        CompletableFuture<TriggerResult> late = delivery.deliver(event(1, "b"), null, true);
        time.advance(TIMEOUT);

        assertThat(late).isCompletedExceptionally();
    }

    @Test
    void aRetryWaitsAsLongAsTheServiceRequests() {
        deliver(delivery(1), 1);
        service.get(0)
                .completeExceptionally(
                        new LatteStreamApiException("received status 503", 503, "", Duration.ofSeconds(3)));

        time.advance(Duration.ofMillis(2999));
        assertThat(service).hasSize(1);
        time.advance(Duration.ofMillis(1));
        assertThat(service).hasSize(2);
    }
}
