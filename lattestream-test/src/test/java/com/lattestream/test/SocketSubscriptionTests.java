package com.lattestream.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.crypto.WebhookSigner;
import java.net.http.WebSocket;
import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class SocketSubscriptionTests {

    private EmbeddedLatteStreamServer engine;

    @BeforeEach
    void start() {
        engine = EmbeddedLatteStreamServer.builder().start();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"text\":\"Hello\"}", "\"text\"", "5", "null", "", "{\"a\": 1 }", "é€😀\u2028\"\\\n"})
    void deliversDataVerbatimAsAString(String data) {
        try (TestSocket subscriber = TestSocket.subscribe(engine, "chat")) {
            SignedCall.trigger(engine, "chat", "message", data);

            assertThat(subscriber.next())
                    .isEqualTo(SignedCall.json()
                            .put("event", "message")
                            .put("channel", "chat")
                            .put("data", data));
        }
    }

    @Test
    void deliversToAllSubscribersOfTheChannelOnly() {
        try (TestSocket one = TestSocket.subscribe(engine, "chat");
                TestSocket two = TestSocket.subscribe(engine, "chat");
                TestSocket elsewhere = TestSocket.subscribe(engine, "other");
                TestSocket nowhere = TestSocket.connect(engine)) {
            assertThat(SignedCall.trigger(engine, "chat", "message", "1")
                            .path("triggered")
                            .intValue())
                    .isEqualTo(2);

            assertThat(one.nextEvent()).isEqualTo("message");
            assertThat(two.nextEvent()).isEqualTo("message");
            elsewhere.expectNoFrame();
            nowhere.expectNoFrame();
        }
    }

    @Test
    void excludesASocketFromAnEventAndFromOneOfABatch() {
        try (TestSocket author = TestSocket.subscribe(engine, "chat");
                TestSocket reader = TestSocket.subscribe(engine, "chat")) {
            ObjectNode event = SignedCall.json().put("channel", "chat").put("data", "1");
            String single = event.deepCopy()
                    .put("event", "single")
                    .put("socketId", author.socketId())
                    .toString();
            ObjectNode batch = SignedCall.json();
            batch.putArray("batch")
                    .add(event.deepCopy().put("name", "excluding").put("socket_id", author.socketId()))
                    .add(event.deepCopy().put("name", "for-all"));

            String response = SignedCall.post(engine, "/events", single).send().body();
            SignedCall.post(engine, "/batch_events", batch.toString()).send();

            assertThat(SignedCall.parse(response).path("triggered").intValue()).isEqualTo(1);
            assertThat(author.nextEvent()).isEqualTo("for-all");
            assertThat(reader.nextEvent()).isEqualTo("single");
            assertThat(reader.nextEvent()).isEqualTo("excluding");
            assertThat(reader.nextEvent()).isEqualTo("for-all");
        }
    }

    @Test
    void deliversAThousandEventsInOrder() {
        try (TestSocket subscriber = TestSocket.subscribe(engine, "chat")) {
            IntStream.range(0, 500).forEach(i -> SignedCall.trigger(engine, "chat", "message", String.valueOf(i)));
            for (int from = 500; from < 1000; from += 50) {
                ObjectNode body = SignedCall.json();
                ArrayNode batch = body.putArray("batch");
                IntStream.range(from, from + 50)
                        .forEach(i -> batch.addObject()
                                .put("channel", "chat")
                                .put("name", "message")
                                .put("data", String.valueOf(i)));
                SignedCall.post(engine, "/batch_events", body.toString()).send();
            }

            assertThat(IntStream.range(0, 1000)
                            .map(i -> Integer.parseInt(
                                    subscriber.next().path("data").stringValue())))
                    .containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
        }
    }

    @Test
    void deliversEventsOfManyCallersInTheOrderOfTheirAcceptance() {
        try (TestSocket subscriber = TestSocket.subscribe(engine, "chat")) {
            IntStream.range(0, 200)
                    .parallel()
                    .forEach(i -> SignedCall.trigger(engine, "chat", "message", String.valueOf(i)));

            assertThat(IntStream.range(0, 200)
                            .mapToObj(i -> subscriber.next().path("data").stringValue()))
                    .containsExactlyElementsOf(
                            engine.events().stream().map(ReceivedEvent::data).toList());
        }
    }

    @Test
    void stopsDeliveringAfterUnsubscribing() {
        try (TestSocket client = TestSocket.subscribe(engine, "chat")) {
            client.send(TestSocket.frame("lattestream:unsubscribe", "chat"));
            client.send(TestSocket.frame("lattestream:unsubscribe", "never-subscribed"));
            client.expectNoFrame();

            assertThat(SignedCall.trigger(engine, "chat", "message", "1")
                            .path("triggered")
                            .intValue())
                    .isZero();
            client.expectNoFrame();
            client.subscribe("chat");
            SignedCall.trigger(engine, "chat", "message", "2");
            assertThat(client.next().path("data").stringValue()).isEqualTo("2");
        }
    }

    @Test
    void confirmsASecondSubscriptionAndDeliversOnce() {
        try (TestSocket client = TestSocket.subscribe(engine, "chat")) {
            client.subscribe("chat");

            SignedCall.trigger(engine, "chat", "message", "1");

            assertThat(client.nextEvent()).isEqualTo("message");
            client.expectNoFrame();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"private-chat", "presence-chat", "bad channel", "", "é"})
    void rejectsInvalidChannelsWithAReason(String channel) {
        try (TestSocket client = TestSocket.connect(engine)) {
            client.send(TestSocket.frame("lattestream:subscribe", channel));

            JsonNode response = client.next();
            assertThat(response.path("event").stringValue()).isEqualTo("lattestream:subscription_error");
            assertThat(response.path("channel").stringValue()).isEqualTo(channel);
            assertThat(response.path("data").path("code").intValue()).isIn(400, 401);
            assertThat(response.path("data").path("message").stringValue()).contains(channel);
            SignedCall.trigger(engine, "private-chat,presence-chat", "message", "1");
            client.expectNoFrame();
        }
    }

    @Test
    void rejectsAChannelWithAnOverlongName() {
        try (TestSocket client = TestSocket.connect(engine)) {
            client.subscribe("c".repeat(200));
            client.send(TestSocket.frame("lattestream:subscribe", "c".repeat(201)));

            assertThat(client.nextEvent()).isEqualTo("lattestream:subscription_error");
        }
    }

    @Test
    void respondsToAPing() {
        try (TestSocket client = TestSocket.connect(engine)) {
            client.expectNoFrame();
            client.expectNoFrame();
        }
    }

    @Test
    void processesABatchOfFrames() {
        try (TestSocket client = TestSocket.connect(engine)) {
            client.send(batch(
                    TestSocket.frame("lattestream:subscribe", "a"),
                    TestSocket.frame("lattestream:subscribe", "private-b"),
                    TestSocket.frame("lattestream:subscribe", "c"),
                    "{\"event\":\"lattestream:ping\",\"data\":{}}",
                    TestSocket.frame("lattestream:unsubscribe", "a")));

            assertThat(client.nextEvent()).isEqualTo("lattestream_internal:subscription_succeeded");
            assertThat(client.nextEvent()).isEqualTo("lattestream:subscription_error");
            assertThat(client.next().path("channel").stringValue()).isEqualTo("c");
            assertThat(client.nextEvent()).isEqualTo("lattestream:pong");
            client.expectNoFrame();
            SignedCall.trigger(engine, "a,c", "message", "1");
            assertThat(client.next().path("channel").stringValue()).isEqualTo("c");
        }
    }

    @Test
    void rejectsNestedAndOverlongBatches() {
        try (TestSocket client = TestSocket.connect(engine)) {
            String ping = "{\"event\":\"lattestream:ping\"}";
            client.send(batch(batch(ping)));
            client.send(batch(Collections.nCopies(101, ping).toArray(String[]::new)));
            client.send("{\"event\":\"lattestream:batch\",\"data\":{}}");

            assertThat(client.nextEvent()).isEqualTo("lattestream:error");
            assertThat(client.nextEvent()).isEqualTo("lattestream:error");
            assertThat(client.nextEvent()).isEqualTo("lattestream:error");
            client.expectNoFrame();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "{",
                "[]",
                "null",
                "{}",
                "{\"event\":5}",
                "{\"event\":\"client-typing\",\"data\":{},\"channel\":\"chat\"}",
                "{\"event\":\"lattestream_internal:member_added\",\"data\":{},\"channel\":\"chat\"}",
                "{\"api_key\":\"lspk_local_engine\"}"
            })
    void respondsToUnknownFramesWithAnErrorAndKeepsTheSocket(String frame) {
        try (TestSocket sender = TestSocket.subscribe(engine, "chat");
                TestSocket other = TestSocket.subscribe(engine, "chat")) {
            sender.send(frame);

            JsonNode response = sender.next();
            assertThat(response.path("event").stringValue()).isEqualTo("lattestream:error");
            assertThat(response.path("data").path("code").intValue()).isEqualTo(400);
            assertThat(response.path("data").path("message").stringValue()).isNotEmpty();
            assertThat(response.has("channel")).isFalse();
            other.expectNoFrame();
            assertThat(engine.events()).isEmpty();
            SignedCall.trigger(engine, "chat", "message", "1");
            assertThat(sender.nextEvent()).isEqualTo("message");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "private-a,b"})
    void rejectsAChannelWithACommaInItsName(String channel) {
        try (TestSocket client = TestSocket.connect(engine)) {
            client.send("{\"event\":\"lattestream:subscribe\",\"data\":{\"channel\":\"" + channel + "\",\"auth\":\""
                    + client.socketId() + ":"
                    + new WebhookSigner(engine.secret()).sign((client.socketId() + ":" + channel).getBytes(UTF_8))
                    + "\"}}");

            JsonNode response = client.next();
            assertThat(response.path("event").stringValue()).isEqualTo("lattestream:subscription_error");
            assertThat(response.path("data").path("code").intValue()).isEqualTo(400);
            SignedCall.trigger(engine, channel, "message", "1");
            client.expectNoFrame();
        }
    }

    @Test
    void rejectsExcessivelyNestedFrames() {
        try (TestSocket client = TestSocket.connect(engine)) {
            client.send("[".repeat(60_000));

            assertThat(client.nextEvent()).isEqualTo("lattestream:error");
            client.expectNoFrame();
        }
    }

    @Test
    void removesSubscriptionsOfAClosedClient() {
        TestSocket closing = TestSocket.subscribe(engine, "chat");
        TestSocket vanishing = TestSocket.subscribe(engine, "chat");
        closing.socket().sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        vanishing.socket().abort();

        await().untilAsserted(() -> assertThat(SignedCall.trigger(engine, "chat", "message", "1")
                        .path("triggered")
                        .intValue())
                .isZero());
        closing.close();
    }

    private static String batch(String... frames) {
        return "{\"event\":\"lattestream:batch\",\"data\":{\"messages\":[" + String.join(",", frames) + "]}}";
    }
}
