package com.lattestream.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamConnectionException;
import com.lattestream.core.LatteStreamRateLimitException;
import com.lattestream.core.LatteStreamTimeoutException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Injected faults apply to the selected requests and to no others. */
class FaultTests {

    private EmbeddedLatteStreamServer engine;

    private LatteStreamClient client;

    @BeforeEach
    void start() {
        engine = EmbeddedLatteStreamServer.builder().start();
        client = client(0);
    }

    @AfterEach
    void stop() {
        client.close();
        engine.close();
    }

    private LatteStreamClient client(int retries) {
        return LatteStreamClient.builder(engine.secret())
                .endpoint(engine.endpoint())
                .useTls(false)
                .enableBatching(false)
                .enableCircuitBreaker(false)
                .cacheTimeout(Duration.ZERO)
                .maxRetries(retries)
                .retryDelay(Duration.ofMillis(10))
                .build();
    }

    private void assertSuccessful() {
        client.trigger("chat", "good", 1).join();
    }

    private int discover() {
        return SignedCall.get(engine, "/discover?api_key=" + engine.publicKey()).statusCode();
    }

    @Test
    void failsTheGivenNumberOfRequestsWithAStatus() {
        engine.faults().failNext(3).onPath("/events").withStatus(503);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> client.trigger("chat", "bad", 1).join())
                    .cause()
                    .asInstanceOf(type(LatteStreamApiException.class))
                    .satisfies(failure -> {
                        assertThat(failure.status()).isEqualTo(503);
                        assertThat(failure.responseBody()).isEqualTo("{\"error\":\"Injected fault\"}");
                    });
        }
        assertSuccessful();
        assertThat(engine.events()).extracting(ReceivedEvent::name).containsExactly("good");
    }

    @Test
    void clientRetriesSucceedAfterFaults() {
        engine.faults().failNext(2).onPath("/events").withStatus(503);
        engine.faults().failNext().onPath("/events").withReset();

        try (LatteStreamClient patient = client(3)) {
            patient.trigger("chat", "message", 1).join();
        }

        assertThat(engine.events()).hasSize(1);
        assertThat(engine.requests()).extracting(ReceivedRequest::status).containsExactly(503, 503, 0, 200);
    }

    @Test
    void failsOnItsPathOnly() {
        engine.faults().failNext().onPath("/channels/*").withStatus(500);

        assertSuccessful();
        client.getChannels(null).join();
        assertThatThrownBy(() -> client.getUsers("presence-lobby").join())
                .hasCauseInstanceOf(LatteStreamApiException.class);
        client.getUsers("presence-lobby").join();
    }

    @Test
    void failsOnAllPathsUntilCleared() {
        engine.faults().failAll().withStatus(500);
        engine.faults().failAll().withStatus(503);

        assertThat(discover()).isEqualTo(500);
        assertThat(discover()).isEqualTo(500);
        assertThatThrownBy(this::assertSuccessful).hasCauseInstanceOf(LatteStreamApiException.class);
        engine.faults().clear();
        assertThat(discover()).isEqualTo(200);
        assertSuccessful();
    }

    @Test
    void appliesFaultsForAPathInOrderOfCreation() {
        engine.faults().failNext().onPath("/discover").withStatus(500);
        engine.faults().failNext().withStatus(502);
        engine.faults().failNext().onPath("/discover").withStatus(503);

        assertThat(new int[] {discover(), discover(), discover(), discover()}).containsExactly(500, 502, 503, 200);
    }

    @Test
    void sendsRetryAfter() {
        engine.faults().failNext().withRetryAfter(Duration.ofSeconds(7)).withStatus(429);

        assertThatThrownBy(this::assertSuccessful)
                .cause()
                .asInstanceOf(type(LatteStreamRateLimitException.class))
                .satisfies(failure -> assertThat(failure.retryAfter()).hasValue(Duration.ofSeconds(7)));
    }

    @Test
    void respondsWithTheGivenText() {
        engine.faults().failNext().onPath("/channels").withResponse(200, "OK");

        assertThatThrownBy(() -> client.getChannels(null).join())
                .cause()
                .asInstanceOf(type(LatteStreamApiException.class))
                .satisfies(failure -> assertThat(failure.responseBody()).isEqualTo("OK"));
    }

    @Test
    void respondsToARequestWithALargeBodyWithoutResettingTheConnection() {
        engine.faults().failNext().withStatus(503);

        assertThat(SignedCall.post(engine, "/events", " ".repeat(5 * 1024 * 1024))
                        .send()
                        .statusCode())
                .isEqualTo(503);
    }

    @Test
    void resetsAConnectionBeforeTheRequestIsHandled() {
        engine.faults().failNext().onPath("/events").withReset();

        assertThatThrownBy(() -> client.trigger("chat", "bad", 1).join())
                .hasCauseInstanceOf(LatteStreamConnectionException.class);
        assertThat(engine.events()).isEmpty();
        assertThat(engine.requests()).containsExactly(new ReceivedRequest("POST", "/events", 0));
        assertSuccessful();
    }

    @Test
    void losesAResponseAfterTheRequestIsHandled() {
        engine.faults().failNext().onPath("/events").withLostResponse();

        assertThatThrownBy(() -> client.trigger("chat", "handled", 1).join())
                .hasCauseInstanceOf(LatteStreamConnectionException.class);
        assertThat(engine.events()).extracting(ReceivedEvent::name).containsExactly("handled");
        assertThat(engine.requests()).containsExactly(new ReceivedRequest("POST", "/events", 0));
        assertSuccessful();
    }

    @Test
    void truncatesAResponse() {
        engine.faults().failNext().onPath("/channels").withTruncatedResponse();

        assertThatThrownBy(() -> client.getChannels(null).join())
                .hasCauseInstanceOf(LatteStreamConnectionException.class);
        client.getChannels(null).join();
    }

    @Test
    void truncatesAnErrorResponse() {
        engine.faults().failNext().withTruncatedResponse();

        assertThatThrownBy(() -> SignedCall.get(engine, "/nothing"))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(IOException.class);
        assertThat(SignedCall.get(engine, "/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void handlesRequestsAfterTheDelay() {
        engine.faults().delayNext(2).onPath("/discover").by(Duration.ofMillis(200));

        long start = System.nanoTime();
        assertThat(discover()).isEqualTo(200);
        assertThat(SignedCall.get(engine, "/discover").statusCode()).isEqualTo(401);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
        assertThat(engine.requests()).extracting(ReceivedRequest::status).containsExactly(200, 401);
    }

    @Test
    void delaysFailuresAndUnknownPaths() {
        engine.faults().delayAll().by(Duration.ofMillis(100));
        engine.faults().failNext().withStatus(503);

        long start = System.nanoTime();
        assertThat(discover()).isEqualTo(503);
        assertThat(SignedCall.get(engine, "/nothing").statusCode()).isEqualTo(404);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void delayLeadsToATimeoutOfTheClient() {
        engine.faults().delayNext().by(Duration.ofSeconds(30));

        try (LatteStreamClient hasty = LatteStreamClient.builder(engine.secret())
                .endpoint(engine.endpoint())
                .useTls(false)
                .timeout(Duration.ofMillis(200))
                .maxRetries(0)
                .build()) {
            assertThatThrownBy(() -> hasty.getChannels(null).join())
                    .hasCauseInstanceOf(LatteStreamTimeoutException.class);
        }
    }

    @Test
    void delayedRequestDoesNotDelayClosing() {
        engine.faults().delayNext().by(Duration.ofMinutes(1));
        var waiting = client.getChannels(null);
        await().until(() -> engine.pendingFaults() == 0);

        long start = System.nanoTime();
        engine.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(LatteStreamConnectionException.class);
    }

    @Test
    void failsHandshakesWithAStatus() {
        engine.faults().failNext().onSockets().withStatus(503);

        assertThatThrownBy(() -> TestSocket.open(engine))
                .cause()
                .asInstanceOf(type(WebSocketHandshakeException.class))
                .satisfies(failure ->
                        assertThat(failure.getResponse().statusCode()).isEqualTo(503));
        TestSocket.subscribe(engine, "chat").close();
    }

    @Test
    void breaksHandshakes() {
        List<Consumer<Faults.FailureSpec>> failures = List.of(
                Faults.FailureSpec::withReset,
                Faults.FailureSpec::withTruncatedResponse,
                Faults.FailureSpec::withLostResponse);
        for (Consumer<Faults.FailureSpec> failure : failures) {
            // more than the next handshake: the JDK client retries once if a reused connection fails
            failure.accept(engine.faults().failAll().onSockets());
            assertThatThrownBy(() -> TestSocket.open(engine)).hasCauseInstanceOf(IOException.class);
            engine.faults().clear();
        }
        TestSocket.subscribe(engine, "chat").close();
    }

    @Test
    void delaysHandshakes() {
        engine.faults().delayNext().onSockets().by(Duration.ofMillis(200));

        long start = System.nanoTime();
        try (TestSocket socket = TestSocket.subscribe(engine, "chat")) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
            SignedCall.trigger(engine, "chat", "message", "1");
            assertThat(socket.nextEvent()).isEqualTo("message");
        }
    }

    @Test
    void dropsAllSocketsWithoutACloseFrame() throws IOException {
        try (RawSocket one = new RawSocket(engine);
                RawSocket other = new RawSocket(engine)) {
            engine.dropConnections();

            assertThat(one.read()).isEqualTo(-1);
            assertThat(other.read()).isEqualTo(-1);
        }
    }

    @Test
    void droppedSocketsAreUnsubscribedImmediatelyAndCanReconnect() {
        TestSocket subscriber = TestSocket.subscribe(engine, "chat");
        TestSocket member = PresenceSocket.join(engine, "presence-lobby", "alice");
        engine.dropConnections();

        assertThat(SignedCall.query(engine, "/channels").send().body()).isEqualTo("{\"channels\":{}}");
        subscriber.close();
        member.close();
        try (TestSocket again = TestSocket.subscribe(engine, "chat")) {
            SignedCall.trigger(engine, "chat", "message", "1");
            assertThat(again.nextEvent()).isEqualTo("message");
        }
    }

    @Test
    void refusesNewConnectionsUntilItAcceptsThemAgain() {
        String token = TestSocket.discoveryToken(engine);
        try (TestSocket open = TestSocket.subscribe(engine, "chat")) {
            engine.refuseConnections();

            assertThatThrownBy(this::discover).isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(this::assertSuccessful).hasCauseInstanceOf(LatteStreamConnectionException.class);
            assertThatThrownBy(() -> TestSocket.open(engine, token)).hasCauseInstanceOf(IOException.class);
            open.expectNoFrame();

            engine.acceptConnections();
            assertSuccessful();
            assertThat(open.nextEvent()).isEqualTo("good");
            TestSocket.open(engine, token).close();
        }
    }

    @Test
    void acceptsConnectionsAgainWhenFaultsAreCleared() {
        engine.refuseConnections();
        engine.faults().clear();

        assertSuccessful();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 200, 399, 600})
    void rejectsAStatusOutOfRange(int status) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.faults().failNext().withStatus(status))
                .withMessageContaining(String.valueOf(status));
    }

    @Test
    void rejectsInvalidFaults() {
        Faults faults = engine.faults();

        assertThatIllegalArgumentException().isThrownBy(() -> faults.failNext(0));
        assertThatIllegalArgumentException().isThrownBy(() -> faults.delayNext(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> faults.failNext().onPath("events"))
                .withMessageContaining("'events'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> faults.delayNext().by(Duration.ofMillis(-1)))
                .withMessageContaining("PT-0.001S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> faults.delayNext().by(Duration.ofMinutes(11)))
                .withMessageContaining("PT11M");
        assertThatIllegalArgumentException().isThrownBy(() -> faults.failNext().withRetryAfter(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> faults.failNext().withResponse(101, ""));
        assertSuccessful();
    }

    @Test
    void keepsAtMostOneThousandFaults() {
        for (int i = 0; i < 1000; i++) {
            engine.faults().failNext().onPath("/never").withReset();
        }

        assertThatIllegalStateException()
                .isThrownBy(() -> engine.faults().failNext().withReset())
                .withMessageContaining("1000");
        engine.faults().clear();
        engine.faults().failNext().withStatus(503);
        assertThat(discover()).isEqualTo(503);
    }

    @Test
    void incompleteSpecificationHasNoEffect() {
        engine.faults().failNext().onPath("/events");
        engine.faults().delayAll();

        assertSuccessful();
    }

    @Test
    void canBeCreatedConcurrently() {
        engine.faults().failNext(50).withStatus(503);

        long failed = IntStream.range(0, 100)
                .parallel()
                .map(i -> discover())
                .filter(status -> status == 503)
                .count();

        assertThat(failed).isEqualTo(50);
    }

    @Test
    void requestsAreRecordedWithoutQueries() {
        try (TestSocket socket = TestSocket.subscribe(engine, "chat")) {
            assertSuccessful();
            HttpResponse<String> refused = SignedCall.get(engine, "/discover?api_key=" + engine.secret());
            SignedCall.query(engine, "/channels/presence-a%2Cb/users").send();
            SignedCall.get(engine, "/nothing");

            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(engine.requests())
                    .containsExactly(
                            new ReceivedRequest("GET", "/discover", 200),
                            new ReceivedRequest("GET", "/", 101),
                            new ReceivedRequest("POST", "/events", 200),
                            new ReceivedRequest("GET", "/discover", 401),
                            new ReceivedRequest("GET", "/channels/presence-a%2Cb/users", 200),
                            new ReceivedRequest("GET", "/nothing", 404));
            assertThat(socket.nextEvent()).isEqualTo("good");
        }
    }
}
