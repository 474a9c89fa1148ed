package com.lattestream.core.internal.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.UndeliveredEventHandler;
import com.lattestream.core.internal.DaemonThreads;
import com.lattestream.core.internal.http.ServiceRequest;
import com.lattestream.core.internal.http.ServiceResponse;
import com.lattestream.core.internal.resilience.CircuitBreakerOptions;
import com.lattestream.core.internal.resilience.RetryExecutor;
import com.lattestream.core.internal.resilience.RetryOptions;
import com.lattestream.core.internal.resilience.ServiceCircuitBreaker;
import com.lattestream.core.internal.wire.EncodedEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The threads on which batches are sent. */
class SendingThreadTests {

    private static final String SCHEDULER = "lattestream-timer-1";

    private static final String CALLER = Thread.currentThread().getName();

    private final ScheduledExecutorService scheduler = DaemonThreads.scheduler("lattestream-timer");

    private final List<String> threads = new CopyOnWriteArrayList<>();

    private final List<CompletableFuture<ServiceResponse>> service = new CopyOnWriteArrayList<>();

    private volatile boolean connected = true;

    private int maxInFlight = 10;

    @AfterEach
    void shutDown() {
        scheduler.shutdownNow();
    }

    private EventDelivery delivery(boolean batching, int batchSize) {
        return new EventDelivery(
                "test",
                new RequestPipeline(
                        this::exchange,
                        () -> connected,
                        new RetryExecutor(
                                "test",
                                RetryOptions.forQueries(0, Duration.ofSeconds(1), Duration.ofSeconds(1)),
                                true,
                                scheduler),
                        new ServiceCircuitBreaker(
                                "test",
                                "https://service",
                                new CircuitBreakerOptions(false, 50, 4, 2, Duration.ofSeconds(5), 1),
                                Clock.systemUTC())),
                new DeliveryOptions(
                        batching,
                        batchSize,
                        Duration.ofHours(1),
                        maxInFlight,
                        1000,
                        1024 * 1024,
                        Duration.ZERO,
                        Duration.ofMinutes(2)),
                UndeliveredEventHandler.logging(),
                List.of(),
                scheduler,
                Runnable::run,
                System::nanoTime);
    }

    private CompletableFuture<ServiceResponse> exchange(ServiceRequest request) {
        threads.add(Thread.currentThread().getName());
        CompletableFuture<ServiceResponse> response = new CompletableFuture<>();
        service.add(response);
        return response;
    }

    private static void deliver(EventDelivery delivery, String channel) {
        delivery.deliver(new EncodedEvent(List.of(channel), "{}".getBytes(UTF_8)), null, true);
    }

    private void respond(int request) {
        service.get(request).complete(new ServiceResponse(200, new byte[0]));
    }

    private void isSentBy(String... expected) {
        await().untilAsserted(() -> assertThat(threads).containsExactly(expected));
    }

    @Test
    void anEventThatIsNotBatchedIsSentByItsCaller() {
        deliver(delivery(false, 1), "a");

        assertThat(threads).containsExactly(CALLER);
    }

    @Test
    void ifAConnectionHasToBeOpenedTheSchedulerSends() {
        connected = false;

        deliver(delivery(false, 1), "a");

        isSentBy(SCHEDULER);
    }

    @Test
    void anInterruptedCallerSendsNothingItself() {
        EventDelivery delivery = delivery(false, 1);
        Thread.currentThread().interrupt();

        deliver(delivery, "a");

        assertThat(Thread.interrupted()).isTrue();
        isSentBy(SCHEDULER);
    }

    @Test
    void aBatchThatBecomesFullIsSentByTheScheduler() {
        EventDelivery delivery = delivery(true, 2);

        deliver(delivery, "a");
        assertThat(threads).isEmpty();
        deliver(delivery, "b");

        isSentBy(SCHEDULER);
    }

    @Test
    void aFlushIsSentByTheScheduler() {
        EventDelivery delivery = delivery(true, 2);
        deliver(delivery, "a");

        delivery.flush();

        isSentBy(SCHEDULER);
    }

    @Test
    void theNextEventOfAChannelIsSentByTheThreadOfTheResponse() {
        EventDelivery delivery = delivery(false, 1);
        deliver(delivery, "a");
        deliver(delivery, "a");
        assertThat(threads).hasSize(1);

        respond(0);

        assertThat(threads).containsExactly(CALLER, CALLER);
    }

    @Test
    void afterAResponseTheSchedulerSendsIfAConnectionHasToBeOpened() {
        EventDelivery delivery = delivery(false, 1);
        deliver(delivery, "a");
        deliver(delivery, "a");
        connected = false;

        respond(0);

        isSentBy(CALLER, SCHEDULER);
    }

    @Test
    void aCallerSendsOneBatchAndTheSchedulerTheOthers() {
        maxInFlight = 1;
        EventDelivery delivery = delivery(false, 1);
        deliver(delivery, "a");
        deliver(delivery, "b");
        deliver(delivery, "c");
        assertThat(threads).hasSize(1);
        connected = false;
        respond(0);

        isSentBy(CALLER, SCHEDULER);
        respond(1);
        isSentBy(CALLER, SCHEDULER, SCHEDULER);
    }

    @Test
    void allBatchesOfACallAreSent() {
        EventDelivery delivery = delivery(true, 10);
        List<EncodedEvent> events = List.of(
                new EncodedEvent(List.of("a"), "{}".getBytes(UTF_8)),
                new EncodedEvent(List.of("b"), "{}".getBytes(UTF_8)));

        delivery.deliverImmediately(events, null);
        delivery.deliverImmediately(events, null);

        assertThat(threads).containsExactly(CALLER);
        respond(0);
        assertThat(threads).containsExactly(CALLER, CALLER);
    }
}
