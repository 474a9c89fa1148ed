package com.lattestream.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.Event;
import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.test.internal.channel.Limits;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests that exceed a limit are rejected with a message that contains the limit; requests at the limit are accepted.
 */
class LimitsTests {

    private EmbeddedLatteStreamServer engine =
            EmbeddedLatteStreamServer.builder().start();

    @AfterEach
    void close() {
        engine.close();
    }

    private void restart(UnaryOperator<EmbeddedLatteStreamServer.Builder> limits) {
        engine.close();
        engine = limits.apply(EmbeddedLatteStreamServer.builder()).start();
    }

    private HttpResponse<String> event(String channels, String name, String data) {
        return SignedCall.post(
                        engine,
                        "/events",
                        SignedCall.json()
                                .put("channel", channels)
                                .put("event", name)
                                .put("data", data)
                                .toString())
                .send();
    }

    private void expectRejected(HttpResponse<String> response, int status, String... words) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(SignedCall.parse(response.body()).path("error").stringValue())
                .contains(words);
    }

    private static void expectError(JsonNode frame, String event, int code, String... words) {
        assertThat(frame.path("event").stringValue()).isEqualTo(event);
        assertThat(frame.path("data").path("code").intValue()).isEqualTo(code);
        assertThat(frame.path("data").path("message").stringValue()).contains(words);
    }

    private static String channels(int count) {
        return IntStream.range(0, count).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
    }

    @Test
    void eventHasAtMostOneHundredChannels() {
        assertThat(event(channels(100), "e", "1").statusCode()).isEqualTo(200);
        expectRejected(event(channels(101), "e", "1"), 400, "100", "101");
        assertThat(engine.events()).hasSize(1);
    }

    @Test
    void numberOfChannelsIsVerifiedBeforeTheirNames() {
        expectRejected(event(channels(100) + ",bad channel", "lattestream:e", "1"), 400, "101");
        expectRejected(event("bad channel", "lattestream:e", "1"), 400, "lattestream:e");
    }

    @Test
    void namesHaveAtMostTwoHundredCharacters() {
        assertThat(event("c".repeat(200), "e".repeat(200), "1").statusCode()).isEqualTo(200);
        expectRejected(event("c".repeat(201), "e", "1"), 400, "200");
        expectRejected(event("c", "e".repeat(201), "1"), 400, "200");
    }

    @Test
    void dataOfAnEventHasAtMost32KilobytesOfUtf8() {
        assertThat(event("c", "e", "x".repeat(32 * 1024)).statusCode()).isEqualTo(200);
        expectRejected(event("c", "e", "x".repeat(32 * 1024 + 1)), 413, "32768");
        assertThat(event("c", "e", "é".repeat(16 * 1024)).statusCode()).isEqualTo(200);
        expectRejected(event("c", "e", "é".repeat(16 * 1024) + "x"), 413, "32768");
        assertThat(engine.events()).hasSize(2);
    }

    @Test
    void clientLosesOnlyTheEventThatIsTooLarge() {
        try (LatteStreamClient client = LatteStreamClient.builder(engine.secret())
                .endpoint(engine.endpoint())
                .useTls(false)
                .build()) {
            var first = client.trigger("c", "first", "x");
            var large = client.trigger("c", "large", "x".repeat(32 * 1024));
            var last = client.trigger("c", "last", "x");

            first.join();
            last.join();
            assertThatThrownBy(large::join)
                    .cause()
                    .asInstanceOf(type(LatteStreamApiException.class))
                    .satisfies(failure -> assertThat(failure.status()).isEqualTo(413));
            assertThat(engine.events()).extracting(ReceivedEvent::name).containsExactly("first", "last");
        }
    }

    @Test
    void batchHasAtMostFiftyEvents() {
        assertThat(batch(50).statusCode()).isEqualTo(200);
        expectRejected(batch(51), 400, "50", "51");
        assertThat(engine.events()).hasSize(50);
        restart(builder -> builder.maxBatchSize(2));
        expectRejected(batch(3), 400, "2");
    }

    private HttpResponse<String> batch(int size) {
        ObjectNode body = SignedCall.json();
        ArrayNode batch = body.putArray("batch");
        IntStream.range(0, size)
                .forEach(i ->
                        batch.addObject().put("channel", "c").put("name", "e").put("data", "1"));
        return SignedCall.post(engine, "/batch_events", body.toString()).send();
    }

    @Test
    void errorNamesTheEventOfABatchThatIsTooLarge() {
        restart(builder -> builder.maxPayloadBytes(10));

        expectRejected(
                SignedCall.post(
                                engine,
                                "/batch_events",
                                "{\"batch\":[{\"channel\":\"c\",\"name\":\"e\",\"data\":\"1\"},"
                                        + "{\"channel\":\"c\",\"name\":\"e\",\"data\":\"12345678901\"}]}")
                        .send(),
                413,
                "batch[1]",
                "10");
        assertThat(engine.events()).isEmpty();
    }

    @Test
    void clientEventsHaveTheSameLimits() {
        try (TestSocket alice = PresenceSocket.join(engine, "presence-lobby", "alice");
                TestSocket bob = PresenceSocket.join(engine, "presence-lobby", "bob")) {
            alice.next();
            // two characters are required for the quotes
            alice.send(clientEvent("client-x", "x".repeat(32 * 1024 - 2)));
            assertThat(bob.nextEvent()).isEqualTo("client-x");
            alice.send(clientEvent("client-x", "x".repeat(32 * 1024 - 1)));
            expectError(alice.next(), "lattestream:error", 413, "32768");
            alice.send(clientEvent("client-" + "x".repeat(194), ""));
            expectError(alice.next(), "lattestream:error", 400, "200", "201");
            bob.expectNoFrame();
        }
    }

    private static String clientEvent(String name, String data) {
        return SignedCall.json()
                .put("event", name)
                .put("channel", "presence-lobby")
                .put("data", data)
                .toString();
    }

    @Test
    void batchOfTenClientEventsOfMaximumSizeIsAccepted() {
        try (TestSocket alice = PresenceSocket.join(engine, "presence-lobby", "alice");
                TestSocket bob = PresenceSocket.join(engine, "presence-lobby", "bob")) {
            alice.next();
            ObjectNode batch = SignedCall.json().put("event", "lattestream:batch");
            ArrayNode messages = batch.putObject("data").putArray("messages");
            IntStream.range(0, 10)
                    .forEach(i -> messages.add(SignedCall.parse(clientEvent("client-x", "x".repeat(32 * 1024 - 2)))));
            alice.send(batch.toString());

            IntStream.range(0, 10).forEach(i -> assertThat(bob.nextEvent()).isEqualTo("client-x"));
        }
    }

    @Test
    void subscriptionsOfAConnectionAreLimited() {
        restart(builder -> builder.limits(new Limits(10, 10, 2, 100, 10, 10)));
        try (TestSocket client = TestSocket.subscribe(engine, "a");
                TestSocket other = TestSocket.subscribe(engine, "c")) {
            client.subscribe("b");
            client.send(TestSocket.frame("lattestream:subscribe", "c"));
            expectError(client.next(), "lattestream:subscription_error", 429, "2 subscriptions");
            client.subscribe("b");
            client.send(TestSocket.frame("lattestream:unsubscribe", "a"));
            client.subscribe("c");
            other.subscribe("a");
        }
    }

    @Test
    void channelsAreLimited() {
        restart(builder -> builder.limits(new Limits(10, 2, 10, 100, 10, 10)));
        try (TestSocket client = TestSocket.subscribe(engine, "a");
                TestSocket other = TestSocket.subscribe(engine, "b")) {
            client.send(TestSocket.frame("lattestream:subscribe", "c"));
            expectError(client.next(), "lattestream:subscription_error", 429, "2 channels");
            client.subscribe("b");
            client.send(TestSocket.frame("lattestream:unsubscribe", "a"));
            client.subscribe("c");
            other.subscribe("b");
        }
    }

    @Test
    void connectionsAreLimited() {
        restart(builder -> builder.limits(new Limits(2, 10, 10, 100, 10, 10)));
        try (TestSocket one = TestSocket.subscribe(engine, "a")) {
            TestSocket two = TestSocket.subscribe(engine, "a");

            assertThatThrownBy(() -> TestSocket.open(engine))
                    .cause()
                    .asInstanceOf(type(WebSocketHandshakeException.class))
                    .satisfies(failure ->
                            assertThat(failure.getResponse().statusCode()).isEqualTo(503));
            one.expectNoFrame();
            two.close();
            await().ignoreExceptions()
                    .untilAsserted(() -> TestSocket.open(engine).close());
        }
    }

    @Test
    void mostRecentEventsAndRequestsAreKept() {
        restart(builder -> builder.limits(new Limits(10, 10, 10, 100, 10, 2)));
        List.of("1", "2", "3").forEach(data -> event("c", "e", data));

        assertThat(engine.events()).extracting(ReceivedEvent::data).containsExactly("2", "3");
        assertThat(engine.requests()).hasSize(2);
    }

    @Test
    void limitsMustBePositive() {
        EmbeddedLatteStreamServer.Builder builder = EmbeddedLatteStreamServer.builder();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maxPayloadBytes(0))
                .withMessageContaining("maxPayloadBytes of 0");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.maxBatchSize(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.activityTimeout(Duration.ZERO))
                .withMessageContaining("PT0S");
    }

    @Test
    void batchesOfTheClientAreWithinTheLimits() {
        try (LatteStreamClient client = LatteStreamClient.builder(engine.secret())
                .endpoint(engine.endpoint())
                .useTls(false)
                .build()) {
            List<Event> events =
                    IntStream.range(0, 200).mapToObj(i -> Event.of("c", "e", i)).toList();
            events.forEach(client::trigger);
            client.flushBatch().join();

            assertThat(engine.events()).hasSize(200);
            assertThat(engine.requests()).allMatch(request -> request.status() == 200);
        }
    }
}
