package com.lattestream.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import com.lattestream.core.support.FaultyService;
import com.lattestream.core.support.FaultyService.Fault;
import com.lattestream.core.support.OutageService;
import com.lattestream.core.support.OutageService.Mode;
import com.lattestream.core.support.StubService;
import com.lattestream.core.support.TestCertificate;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Log lines and exceptions when the service does not respond, on real sockets. */
class InterruptionTests {

    private final LogLines log = new LogLines(Level.INFO);

    @AfterEach
    void close() {
        log.close();
    }

    private static LatteStreamClientBuilder builder(String endpoint) {
        return LatteStreamClient.builder("lsk_test_secret")
                .endpoint(endpoint)
                .useTls(false)
                .retryDelay(Duration.ofMillis(20))
                .closeTimeout(Duration.ZERO)
                .undeliveredEventHandler((events, reason) -> {});
    }

    private String awaitLine(String name) {
        await().until(() -> log.messages().stream().anyMatch(line -> line.startsWith("[" + name + "]")));
        return log.messages().stream()
                .filter(line -> line.startsWith("[" + name + "]"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aServiceThatNeverRespondsIsReportedAfterTheFirstTimeout() throws IOException {
        try (FaultyService service = new FaultyService(Fault.sendAndStall(""));
                LatteStreamClient client = builder(service.endpoint())
                        .timeout(Duration.ofMillis(200))
                        .build()) {
            client.trigger("chat", "e", 1);

            assertThat(awaitLine("delivery_interrupted"))
                    .contains(
                            "Client 'lattestream' could not deliver events",
                            "POST /batch_events to http://" + service.endpoint(),
                            "no complete response within PT0.2S",
                            "Next attempt in ",
                            " ms.",
                            "delivery timeout of PT2M",
                            "1 event(s) wait");
        }
        assertThat(log.events())
                .filteredOn(event -> event.getLevel() == Level.WARN)
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(line -> line.startsWith("[delivery_interrupted] Client"))
                .hasSize(1);
    }

    @Test
    void theEndOfAnInterruptionIsReportedWithItsDuration() throws IOException {
        try (OutageService service = new OutageService();
                LatteStreamClient client = builder(service.endpoint()).build()) {
            service.mode(Mode.UNAVAILABLE);
            CompletableFuture<?> event = client.trigger("chat", "e", "0 ");
            awaitLine("delivery_interrupted");
            service.mode(Mode.UP);

            assertThat(event).succeedsWithin(Duration.ofSeconds(10));
            assertThat(awaitLine("delivery_resumed")).containsPattern("after an interruption of \\d+ s; \\d event");
        }
    }

    @Test
    void theLineOfAnOpenCircuitBreakerNamesEndpointReasonAndWait() {
        try (StubService service = new StubService().answer(request -> StubService.Reply.of(503, "maintenance"));
                LatteStreamClient client = builder(service.endpoint())
                        .circuitBreakerMinimumNumberOfCalls(2)
                        .build()) {
            client.trigger("chat", "e", 1);

            assertThat(awaitLine("circuit_breaker_opened"))
                    .contains(
                            "'lattestream-events'",
                            "2 of the last 2 requests to http://" + service.endpoint() + " failed",
                            "POST /batch_events",
                            "503",
                            "maintenance",
                            "requests of this kind are not sent: events stay queued",
                            "next attempt is made in 5000 ms");
        }
    }

    @Test
    void aQueryWithAllItsRetriesEndsWithinTheTimeout() throws IOException {
        try (FaultyService service = new FaultyService(
                        Fault.sendAndClose("HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n"), Fault.sendAndStall(""));
                LatteStreamClient client = builder(service.endpoint())
                        .timeout(Duration.ofSeconds(1))
                        .build()) {
            long started = System.nanoTime();

            assertThatThrownBy(() -> client.getUsers("presence-room").join())
                    .cause()
                    .isInstanceOf(LatteStreamTimeoutException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .isBetween(Duration.ofMillis(900), Duration.ofSeconds(3));
            assertThat(service.received()).isEqualTo(2);
        }
    }

    @Test
    void aQueryDoesNotWaitForARetryThatWouldBeTooLate() {
        try (StubService service = new StubService()
                        .answer(request -> new StubService.Reply(429, Map.of("Retry-After", "25"), new byte[0]));
                LatteStreamClient client = builder(service.endpoint())
                        .timeout(Duration.ofSeconds(20))
                        .build()) {
            assertThat(client.authorizeChannel("1.2", "private-room"))
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .withCauseInstanceOf(LatteStreamRateLimitException.class);
            assertThat(service.requests()).hasSize(1);
        }
    }

    @Test
    void requestsThatASilentServiceHasReceivedAreSentAgainWhenItResponds() throws IOException {
        try (OutageService service = new OutageService();
                LatteStreamClient client =
                        builder(service.endpoint()).maxConnections(6).build()) {
            client.trigger("channel-0", "e", "0 ").join();
            service.mode(Mode.SILENT);
            List<CompletableFuture<TriggerResult>> events = new ArrayList<>();
            for (int number = 1; number < 20; number++) {
                events.add(client.triggerBatch(List.of(Event.of("channel-" + number, "e", "0 ")))
                        .thenApply(results -> results.get(0)));
            }
            // all connections of events are in use, and two probes have failed
            LatteStreamStatistics.Failure first = awaitFailureAfter(null, client);
            awaitFailureAfter(first, client);
            service.mode(Mode.UP);

            // and not after the timeout of 30 seconds
            assertThat(CompletableFuture.allOf(events.toArray(CompletableFuture[]::new)))
                    .succeedsWithin(Duration.ofSeconds(12));
            assertThat(service.events().seen()).isEqualTo(20);
            assertThat(service.events().duplicates()).isZero();
        }
    }

    private static LatteStreamStatistics.Failure awaitFailureAfter(
            LatteStreamStatistics.Failure before, LatteStreamClient client) {
        Supplier<LatteStreamStatistics.Failure> last =
                () -> client.statistics().requests().get(RequestKind.EVENTS).lastFailure();
        await().atMost(Duration.ofSeconds(20)).until(() -> !Objects.equals(last.get(), before));
        return last.get();
    }

    @Test
    void requestsToASlowServiceAreNotSentAgain() throws IOException {
        try (StubService service = new StubService()) {
            service.answer(request -> {
                if (request.method().equals("POST")) {
                    await().pollDelay(Duration.ofSeconds(5)).until(() -> true);
                }
                return StubService.Reply.json("{}");
            });
            try (LatteStreamClient client = builder(service.endpoint()).build()) {
                assertThat(client.trigger("chat", "e", 1)).succeedsWithin(Duration.ofSeconds(20));
                assertThat(service.requests())
                        .filteredOn(request -> request.method().equals("POST"))
                        .hasSize(1);
                assertThat(service.requests())
                        .filteredOn(request -> request.method().equals("GET"))
                        .isNotEmpty();
            }
        }
    }

    @Test
    void aServerWithoutTlsIsReportedWithAdvice() throws IOException {
        try (FaultyService service = FaultyService.greeting("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
                LatteStreamClient client =
                        builder(service.endpoint()).useTls(true).build()) {
            CompletableFuture<TriggerResult> event = client.trigger("chat", "e", 1);

            assertThat(awaitLine("delivery_interrupted"))
                    .contains("https://" + service.endpoint(), "lattestream.use-tls=false", "does not pass by itself");
            assertThat(event).isNotDone();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<center>The plain HTTP request was sent to HTTPS port</center>",
                "Bad Request\r\nThis combination of host and port requires TLS.\r\n",
                "Client sent an HTTP request to an HTTPS server.\n"
            })
    void aServerThatRequiresTlsIsReportedWithAdvice(String body) {
        try (StubService service = new StubService().answer(request -> StubService.Reply.of(400, body));
                LatteStreamClient client = builder(service.endpoint()).build()) {
            CompletableFuture<TriggerResult> event = client.trigger("chat", "e", 1);

            assertThat(awaitLine("delivery_interrupted"))
                    .contains("http://" + service.endpoint(), "lattestream.use-tls=true", "does not pass by itself");
            // and not lost, as an event that the service refuses
            assertThat(event).isNotDone();
        }
    }

    @Test
    void anAlertOfTlsIsReportedWithAdvice() throws IOException {
        // OpenSSL and JSSE send a fatal alert, unexpected_message
        String alert = new String(new byte[] {0x15, 3, 3, 0, 2, 2, 10}, UTF_8);
        try (FaultyService service = new FaultyService(Fault.sendAndClose(alert));
                LatteStreamClient client = builder(service.endpoint()).build()) {
            client.trigger("chat", "e", 1);

            assertThat(awaitLine("delivery_interrupted")).contains("lattestream.use-tls=true");
        }
    }

    @Test
    void aCertificateThatIsNotTrustedIsReportedWithAdvice(@TempDir Path directory) throws Exception {
        HttpsServer service = new TestCertificate("localhost", directory).serve(new ArrayList<>());
        try (LatteStreamClient client = builder(
                        "localhost:" + service.getAddress().getPort())
                .useTls(true)
                .build()) {
            CompletableFuture<TriggerResult> event = client.trigger("chat", "e", 1);

            assertThat(awaitLine("delivery_interrupted"))
                    .contains("certificate", "not trusted", "lattestream.ssl.bundle", "does not pass by itself");
            assertThat(event).isNotDone();
        } finally {
            service.stop(0);
        }
    }

    @Test
    void aBatchThatExceedsTheQueueNamesTheLimitAndIsNotAccepted() {
        try (StubService service = new StubService();
                LatteStreamClient client = builder(service.endpoint()).build()) {
            List<Event> events = IntStream.range(0, 20_000)
                    .mapToObj(number -> Event.of("chat", "e", number))
                    .toList();

            assertThatThrownBy(() -> client.triggerBatch(events))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("20000 event(s)")
                    .hasMessageContaining("10000 events (lattestream.batching.max-queued-events)")
                    .hasMessageContaining("None was accepted");
            assertThat(client.statistics().queued()).isZero();
        }
    }
}
