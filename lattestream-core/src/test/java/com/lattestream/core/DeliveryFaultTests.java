package com.lattestream.core;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.support.FaultyService;
import com.lattestream.core.support.FaultyService.Fault;
import com.lattestream.core.support.ManualScheduler;
import com.lattestream.core.support.StubService;
import com.lattestream.core.support.StubService.Reply;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Delivery of events when the service or the connection to it fails on the socket. */
class DeliveryFaultTests {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    private static final Fault FINE = (socket, out) -> {
        out.write(OK.getBytes(ISO_8859_1));
        out.flush();
    };

    private final List<LatteStreamException> undelivered = Collections.synchronizedList(new ArrayList<>());

    private LatteStreamClientBuilder builder(String endpoint) {
        return LatteStreamClient.builder("lsk_test_secret")
                .endpoint(endpoint)
                .useTls(false)
                .batchInterval(Duration.ofMillis(1))
                .retryDelay(Duration.ofMillis(1))
                .maxRetries(1)
                .timeout(Duration.ofSeconds(10))
                .undeliveredEventHandler((events, reason) -> undelivered.add(reason));
    }

    private static LatteStreamException failure(CompletableFuture<?> event) {
        try {
            event.join();
        } catch (CompletionException ex) {
            return (LatteStreamException) ex.getCause();
        }
        throw new AssertionError("The event was delivered");
    }

    private static String status(int status, String... headers) {
        return "HTTP/1.1 " + status + " X\r\n" + String.join("", headers) + "Content-Length: 0\r\n\r\n";
    }

    /** Faults after a request was received: the outcome of the request is unknown. */
    static Stream<Arguments> noAnswers() {
        return Stream.of(
                Arguments.of("reset", Fault.reset(), LatteStreamConnectionException.class),
                Arguments.of("closed", Fault.sendAndClose(""), LatteStreamConnectionException.class),
                Arguments.of("truncated head", Fault.sendAndClose("HTTP/1.1 20"), LatteStreamConnectionException.class),
                Arguments.of(
                        "garbage",
                        Fault.sendAndClose("SSH-2.0-OpenSSH_9.2\r\n\r\n"),
                        LatteStreamConnectionException.class),
                Arguments.of(
                        "endless line",
                        Fault.sendForEver("HTTP/1.1 200 OK\r\nX: ", "x".repeat(1024)),
                        LatteStreamConnectionException.class),
                Arguments.of(
                        "endless headers",
                        Fault.sendForEver("HTTP/1.1 200 OK\r\n", "X: x\r\n"),
                        LatteStreamConnectionException.class),
                Arguments.of("silence", Fault.sendAndStall(""), LatteStreamTimeoutException.class));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noAnswers")
    void anEventWithoutAResponseIsSentAgain(String name, Fault fault, Class<?> reason) throws IOException {
        try (FaultyService service = new FaultyService(fault, FINE);
                LatteStreamClient client = builder(service.endpoint())
                        .timeout(Duration.ofMillis(500))
                        .build()) {
            client.trigger("chat", "e", 1).join();

            assertThat(service.received()).isEqualTo(2);
            assertThat(client.statistics().retried()).isEqualTo(1);
            assertThat(client.statistics().lastFailure().reason()).isInstanceOf(reason);
            assertThat(undelivered).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noAnswers")
    void aMissingResponseFailsWithoutAmbiguousRetries(String name, Fault fault, Class<?> reason) throws IOException {
        try (FaultyService service = new FaultyService(fault, FINE);
                LatteStreamClient client = builder(service.endpoint())
                        .timeout(Duration.ofMillis(500))
                        .retryAmbiguous(false)
                        .build()) {
            LatteStreamException failure = failure(client.trigger("chat", "e", 1));

            assertThat(failure).isInstanceOf(reason);
            assertThat(
                            failure instanceof LatteStreamConnectionException connection
                                    ? connection.isAmbiguous()
                                    : ((LatteStreamTimeoutException) failure).isAmbiguous())
                    .isTrue();
            assertThat(service.received()).isEqualTo(1);
            client.flushBatch().join();
            assertThat(undelivered).containsExactly(failure);
        }
    }

    /** Responses to an accepted event: the status suffices. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n<x>",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1 204 No Content\r\n\r\n"
            })
    void anAcceptedEventIsNotSentAgainAfterAnIncompleteResponse(String answer) throws IOException {
        for (Fault fault : List.of(Fault.sendAndClose(answer), Fault.sendAndStall(answer))) {
            try (FaultyService service = new FaultyService(fault);
                    LatteStreamClient client = builder(service.endpoint())
                            .timeout(Duration.ofMillis(300))
                            .build()) {
                client.trigger("chat", "e", 1).join();

                assertThat(service.received()).isEqualTo(1);
                assertThat(client.statistics().delivered()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void aTransientStatusIsRetriedWithoutAmbiguousRetries(int status) throws IOException {
        try (FaultyService service = new FaultyService(Fault.sendAndStall(status(status)), FINE);
                LatteStreamClient client =
                        builder(service.endpoint()).retryAmbiguous(false).build()) {
            client.trigger("chat", "e", 1).join();

            assertThat(service.received()).isEqualTo(2);
            assertThat(client.statistics().retried()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 400, 401, 402, 403, 404, 405, 409, 410, 413, 415, 422, 501, 505})
    void otherStatusesAreNotRetried(int status) throws IOException {
        try (FaultyService service = new FaultyService(Fault.sendAndStall(status(status)));
                LatteStreamClient client = builder(service.endpoint()).build()) {
            LatteStreamException failure = failure(client.trigger("chat", "e", 1));

            assertThat(failure)
                    .isInstanceOfSatisfying(
                            LatteStreamApiException.class,
                            ex -> assertThat(ex.status()).isEqualTo(status));
            assertThat(service.received()).isEqualTo(1);
            client.flushBatch().join();
            assertThat(undelivered).containsExactly(failure);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7                             | 7",
                "Thu, 01 Jan 2026 00:00:09 GMT | 9",
                "31536000                      | 30",
                "Fri, 01 Jan 2027 00:00:00 GMT | 30",
            })
    void retryAfterDeterminesTheDelayUpToTheLongestDelay(String retryAfter, int seconds) throws IOException {
        ManualScheduler time = new ManualScheduler();
        Fault later = Fault.sendAndStall(status(503, "Retry-After: " + retryAfter.strip() + "\r\n"));
        try (FaultyService service = new FaultyService(later, FINE);
                LatteStreamClient client = builder(service.endpoint())
                        .enableBatching(false)
                        .scheduler(time)
                        .clock(time.clock())
                        .build()) {
            CompletableFuture<TriggerResult> event = client.trigger("chat", "e", 1);
            await().until(() -> time.pending().contains(Duration.ofSeconds(seconds)));

            time.advance(Duration.ofSeconds(seconds));

            event.join();
        }
    }

    @Test
    void nonsenseInsteadOfATimeCountsAsNone() throws IOException {
        Fault later = Fault.sendAndStall(status(503, "Retry-After: when it suits you\r\n"));
        try (FaultyService service = new FaultyService(later, FINE);
                LatteStreamClient client = builder(service.endpoint()).build()) {
            client.trigger("chat", "e", 1).join();

            assertThat(service.received()).isEqualTo(2);
        }
    }

    @Test
    void nothingWasSentToAServiceThatIsNotThere() throws IOException {
        int unused;
        try (ServerSocket socket = new ServerSocket(0)) {
            unused = socket.getLocalPort();
        }
        try (LatteStreamClient client =
                builder("localhost:" + unused).retryAmbiguous(false).build()) {
            LatteStreamException failure = failure(client.trigger("chat", "e", 1));

            assertThat(failure)
                    .isInstanceOfSatisfying(
                            LatteStreamConnectionException.class,
                            ex -> assertThat(ex.isAmbiguous()).isFalse());
            assertThat(client.statistics().retried()).isEqualTo(1);
        }
    }

    @Test
    void nothingWasSentWhereTlsFailsOrTheNameIsUnknown() throws IOException {
        try (FaultyService service = FaultyService.greeting(status(400));
                LatteStreamClient noTls = builder(service.endpoint())
                        .useTls(true)
                        .retryAmbiguous(false)
                        .build();
                LatteStreamClient noHost =
                        builder("does-not-exist.invalid").retryAmbiguous(false).build()) {
            for (LatteStreamClient client : List.of(noTls, noHost)) {
                assertThat(failure(client.trigger("chat", "e", 1)))
                        .isInstanceOfSatisfying(
                                LatteStreamConnectionException.class,
                                ex -> assertThat(ex.isAmbiguous()).isFalse());
                assertThat(client.statistics().retried()).isEqualTo(1);
            }
        }
    }

    @Test
    void aConnectionThatWasClosedWhileIdleCostsNothing() throws IOException {
        try (FaultyService service = new FaultyService(Fault.sendAndClose(OK));
                LatteStreamClient client = builder(service.endpoint()).build()) {
            for (int i = 0; i < 20; i++) {
                client.trigger("chat", "e", i).join();
            }

            assertThat(client.statistics().delivered()).isEqualTo(20);
        }
    }

    @Test
    void anOutageLongerThanAllRetriesFailsEventsButNotLaterOnes() throws IOException {
        String endpoint;
        try (FaultyService service = new FaultyService(FINE)) {
            endpoint = service.endpoint();
        }
        try (LatteStreamClient client = builder(endpoint).build()) {
            assertThat(failure(client.trigger("chat", "e", 1))).isInstanceOf(LatteStreamConnectionException.class);

            try (FaultyService service = FaultyService.at(endpoint, FINE)) {
                client.trigger("chat", "e", 2).join();
                assertThat(service.received()).isEqualTo(1);
            }
        }
    }

    @Test
    void anOutageCostsNothingWhileTheCircuitBreakerIsOpen() {
        try (StubService service = new StubService();
                LatteStreamClient client = builder(service.endpoint())
                        .batchSize(1)
                        .maxRetries(3)
                        .circuitBreakerMinimumNumberOfCalls(2)
                        .circuitBreakerWaitDurationInOpenState(Duration.ofMillis(300))
                        .build()) {
            service.answer(request -> Reply.of(503, ""));
            List<CompletableFuture<TriggerResult>> events = IntStream.range(0, 50)
                    .mapToObj(i -> client.trigger("chat", "e" + i, i))
                    .toList();
            await().until(() -> service.requests().size() >= 2);
            service.answer(request -> Reply.json("{}"));

            events.forEach(CompletableFuture::join);

            assertThat(service.requests().size()).isLessThan(55);
            assertThat(service.requests().stream()
                            .map(request -> request.text().replaceAll(".*\"name\":\"(e\\d+)\".*", "$1"))
                            .distinct())
                    .isEqualTo(IntStream.range(0, 50).mapToObj(i -> "e" + i).toList());
        }
    }
}
