package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Level;
import com.lattestream.core.support.StubService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Closing a client takes at most the close timeout, regardless of the service and of the application. */
class CloseTimeoutTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    // allows for a slow machine, and is less than half of the timeout
    private static final Duration TOLERANCE = Duration.ofMillis(900);

    private final List<UndeliveredEvent> undelivered = new CopyOnWriteArrayList<>();

    private LatteStreamClient client(String endpoint) {
        return LatteStreamClient.builder("lsk_test_secret")
                .endpoint(endpoint)
                .useTls(false)
                .batchInterval(Duration.ofHours(1))
                .closeTimeout(TIMEOUT)
                .undeliveredEventHandler((events, reason) -> undelivered.addAll(events))
                .build();
    }

    @Test
    void drainingAndClosingLastForTheCloseTimeoutInTotal() throws IOException {
        try (ServerSocket silent = silent();
                LogLines log = new LogLines(Level.WARN)) {
            LatteStreamClient client = client(endpoint(silent));
            CompletableFuture<TriggerResult> event = client.trigger("chat", "message", 1);
            client.trigger("chat", "message", 2);

            long started = System.nanoTime();
            assertThat(client.drain().join()).isFalse();
            client.close();

            assertThat(since(started)).isBetween(TIMEOUT.dividedBy(2), TIMEOUT.plus(TOLERANCE));
            assertThat(event).isCompletedExceptionally();
            assertThat(undelivered).hasSize(2);
            assertThat(log.messages())
                    .filteredOn(line -> line.contains("[close_timeout]"))
                    .singleElement()
                    .asString()
                    .contains("2 event(s)", "PT2S", "lattestream.close-timeout", client.endpoint());
        }
    }

    @Test
    void closingAloneHasTheWholeTimeout() throws IOException {
        try (ServerSocket silent = silent()) {
            LatteStreamClient client = client(endpoint(silent));
            client.trigger("chat", "message", 1);

            long started = System.nanoTime();
            client.close();

            assertThat(since(started)).isBetween(TIMEOUT.dividedBy(2), TIMEOUT.plus(TOLERANCE));
        }
    }

    @Test
    void aCallbackThatBlocksDoesNotProlongClosing() throws IOException {
        CountDownLatch release = new CountDownLatch(1);
        try (ServerSocket silent = silent()) {
            LatteStreamClient client = client(endpoint(silent));
            client.trigger("chat", "message", 1).whenComplete((result, failure) -> awaitUninterruptibly(release));

            long started = System.nanoTime();
            client.close();

            assertThat(since(started)).isLessThan(TIMEOUT.plus(TOLERANCE));
        } finally {
            release.countDown();
        }
    }

    @Test
    void aDrainedClientAcceptsEventsUntilItIsClosed() {
        try (StubService service = new StubService()) {
            LatteStreamClient client = client(service.endpoint());
            CompletableFuture<TriggerResult> before = client.trigger("chat", "message", 1);
            assertThat(client.drain()).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
            assertThat(before).isCompleted();

            CompletableFuture<TriggerResult> after = client.trigger("chat", "message", 2);
            client.close();

            assertThat(after).isCompleted().isNotCompletedExceptionally();
        }
    }

    @Test
    void zeroDoesNotWaitForResponses() throws IOException {
        try (ServerSocket silent = silent()) {
            LatteStreamClient client = LatteStreamClient.builder("lsk_test_secret")
                    .endpoint(endpoint(silent))
                    .useTls(false)
                    .closeTimeout(Duration.ZERO)
                    .build();
            client.trigger("chat", "message", 1);

            long started = System.nanoTime();
            client.close();

            assertThat(since(started)).isLessThan(TIMEOUT);
        }
    }

    @Test
    void aNegativeTimeoutIsRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LatteStreamClient.builder("lsk_test_secret").closeTimeout(Duration.ofSeconds(-1)))
                .withMessageContaining("closeTimeout");
    }

    // accepts connections, and never responds
    private static ServerSocket silent() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private static String endpoint(ServerSocket socket) {
        return "localhost:" + socket.getLocalPort();
    }

    private static Duration since(long started) {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
