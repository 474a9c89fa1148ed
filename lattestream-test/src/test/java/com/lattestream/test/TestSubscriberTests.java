package com.lattestream.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.lattestream.core.Event;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.core.PresenceMember;
import com.lattestream.core.crypto.ChannelSigner;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Subscribers in the tests of applications. */
class TestSubscriberTests {

    private static final Duration SHORTLY = Duration.ofMillis(50);

    private EmbeddedLatteStreamServer engine;

    private LatteStreamClient client;

    private LatteStreamTemplate latteStream;

    @BeforeEach
    void start() {
        engine = EmbeddedLatteStreamServer.builder().start();
        client = LatteStreamClient.builder(engine.secret())
                .endpoint(engine.endpoint())
                .useTls(false)
                .enableBatching(false)
                .build();
        latteStream = new LatteStreamTemplate(client);
    }

    @AfterEach
    void stop() {
        client.close();
        engine.close();
    }

    record Message(String text) {}

    @Test
    void receivesEventsAndReadsThemAsTheirType() {
        try (TestSubscriber subscriber = TestSubscriber.connect(engine)) {
            subscriber.subscribe("chat");
            latteStream.trigger("chat", "message", new Message("Hello"));
            SubscriberEvent event = subscriber.awaitEvent("chat", "message");

            assertThat(event.dataAs(Message.class)).isEqualTo(new Message("Hello"));
            assertThat(event.json().path("text").stringValue()).isEqualTo("Hello");
            assertThat(event).isEqualTo(new SubscriberEvent("chat", "message", "{\"text\":\"Hello\"}"));
        }
    }

    @Test
    void readsScalarsAsTheyWereTriggered() {
        try (TestSubscriber subscriber = TestSubscriber.connect(engine).subscribe("chat")) {
            latteStream.trigger("chat", "text", "Hello");
            latteStream.trigger("chat", "number", 5);
            latteStream.trigger("chat", "nothing", null);

            assertThat(subscriber.awaitEvent("chat", "text").dataAs(String.class))
                    .isEqualTo("Hello");
            assertThat(subscriber.awaitEvent("chat", "number").dataAs(Integer.class))
                    .isEqualTo(5);
            assertThat(subscriber.awaitEvent("chat", "nothing").json().isNull()).isTrue();
        }
    }

    @Test
    void readsEventsInOrderAndLeavesOthersUnread() {
        try (TestSubscriber subscriber = TestSubscriber.connect(engine).subscribe("chat")) {
            latteStream
                    .triggerBatch(List.of(
                            Event.of("chat", "other", 0),
                            Event.of("chat", "message", 1),
                            Event.of("chat", "message", 2)))
                    .join();

            assertThat(subscriber.awaitEvent("chat", "message").data()).isEqualTo("1");
            assertThat(subscriber.awaitEvent("chat", "message").data()).isEqualTo("2");
            assertThat(subscriber.unreadEvents()).containsExactly(new SubscriberEvent("chat", "other", "0"));
        }
    }

    @Test
    void failedWaitListsReceivedEvents() {
        try (TestSubscriber subscriber = TestSubscriber.connect(engine).subscribe("chat")) {
            latteStream.trigger("chat", "first", 1);
            subscriber.awaitEvent("chat", "first");
            latteStream.trigger("chat", "other", Map.of("text", "Hello"));

            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> subscriber.awaitEvent("chat", "message", Duration.ofMillis(300)))
                    .withMessageContaining("No event 'message' was received on 'chat' within PT0.3S")
                    .withMessageContaining("'first' on chat (read): 1")
                    .withMessageContaining("'other' on chat: {\"text\":\"Hello\"}")
                    .withMessageContaining("subscribed to [chat]");
            assertThatIllegalStateException()
                    .isThrownBy(() -> subscriber.awaitEvent("chatt", "other"))
                    .withMessageContaining("not subscribed to 'chatt', only to [chat]");
        }
    }

    @Test
    void assertNoEventFailsForUnreadEvents() {
        try (TestSubscriber subscriber = TestSubscriber.connect(engine).subscribe("chat")) {
            latteStream
                    .trigger(Event.of("chat", "message", 1).excludingSocket(subscriber.socketId()))
                    .join();
            subscriber.assertNoEvent("chat", "message");
            subscriber.assertNoEvent("chat", "message", SHORTLY);

            latteStream.trigger("chat", "message", "unwanted").join();
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> subscriber.assertNoEvent("chat", "message"))
                    .withMessageContaining("Expected no event 'message' on 'chat'. Received: \"unwanted\"");
            subscriber.awaitEvent("chat", "message");
            CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS)
                    .execute(() -> latteStream.trigger("chat", "message", "late"));
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> subscriber.assertNoEvent("chat", "message", Duration.ofSeconds(30)))
                    .withMessageContaining("late");
        }
    }

    @Test
    void signsSubscriptionsToPrivateAndPresenceChannels() {
        try (TestSubscriber subscriber = TestSubscriber.connect(engine)) {
            subscriber.subscribe("private-order-7");
            subscriber.subscribe("presence-lobby", PresenceMember.of("alice", Map.of("name", "Alice")));
            latteStream.trigger(List.of("private-order-7", "presence-lobby"), "message", 1);

            subscriber.awaitEvent("private-order-7", "message");
            subscriber.awaitEvent("presence-lobby", "message");
            assertThat(subscriber.members("presence-lobby").get("alice"))
                    .isEqualTo(JsonMapper.shared().readTree("{\"name\":\"Alice\"}"));
        }
    }

    @Test
    void reportsMissingArguments() {
        try (TestSubscriber subscriber = TestSubscriber.connect(engine);
                TestSubscriber stranger = TestSubscriber.builder(engine.endpoint(), engine.publicKey())
                        .connect()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> subscriber.subscribe("presence-lobby"))
                    .withMessageContaining("Subscribing to 'presence-lobby' requires a member");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> subscriber.subscribe("chat", PresenceMember.of("alice")))
                    .withMessageContaining("'chat' has no members");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> subscriber.subscribe("no channel"))
                    .withMessageContaining("'no channel'");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> stranger.subscribe("private-a"))
                    .withMessageContaining("authEndpoint");
            stranger.subscribe("chat");
        }
    }

    @Test
    void waitsForMembersToJoinAndLeave() {
        try (TestSubscriber alice = TestSubscriber.connect(engine)) {
            alice.subscribe("presence-lobby", PresenceMember.of("alice"));
            try (TestSubscriber bob = TestSubscriber.connect(engine)) {
                bob.subscribe("presence-lobby", PresenceMember.of("bob"));
                alice.awaitMembers("presence-lobby", "alice", "bob");
                assertThat(bob.members("presence-lobby")).containsOnlyKeys("alice", "bob");
            }
            alice.awaitMembers("presence-lobby", "alice");
        }
        try (TestSubscriber hasty =
                TestSubscriber.builder(engine).timeout(SHORTLY.multipliedBy(4)).connect()) {
            hasty.subscribe("presence-lobby", PresenceMember.of("hasty"));
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> hasty.awaitMembers("presence-lobby", "bob"))
                    .withMessageContaining("Expected the members [bob] on 'presence-lobby'")
                    .withMessageContaining("but found [hasty]");
        }
    }

    @Test
    void sendsClientEvents() {
        try (TestSubscriber one = TestSubscriber.connect(engine).subscribe("private-a");
                TestSubscriber other = TestSubscriber.connect(engine).subscribe("private-a")) {
            one.trigger("private-a", "client-typing", Map.of("in", "room"));
            one.trigger("private-a", "client-text", "no JSON");
            one.trigger("private-a", "client-bare", null);

            assertThat(other.awaitEvent("private-a", "client-typing").data()).isEqualTo("{\"in\":\"room\"}");
            assertThat(other.awaitEvent("private-a", "client-text").dataAs(String.class))
                    .isEqualTo("no JSON");
            assertThat(other.awaitEvent("private-a", "client-bare").json().isNull())
                    .isTrue();
            one.assertNoEvent("private-a", "client-typing");

            one.trigger("private-a", "typing", 1);
            assertThat(one.awaitEvent("", "lattestream:error").data()).contains("client-...");
        }
    }

    @Test
    void receivesNoEventsAfterUnsubscribing() {
        try (TestSubscriber subscriber =
                TestSubscriber.connect(engine).subscribe("chat").subscribe("news")) {
            latteStream.trigger("chat", "message", 1).join();
            subscriber.unsubscribe("chat");
            latteStream.trigger(List.of("chat", "news"), "message", 2);

            subscriber.awaitEvent("news", "message");
            assertThat(subscriber.unreadEvents()).isEmpty();
            subscriber.subscribe("chat").subscribe("chat");
            latteStream.trigger("chat", "message", 3);
            assertThat(subscriber.awaitEvent("chat", "message").data()).isEqualTo("3");
        }
    }

    @Test
    void functionAuthorizesSubscriptions() {
        try (TestSubscriber subscriber = TestSubscriber.builder(engine)
                .authorizer(latteStream::authorizeChannel)
                .connect()) {
            subscriber.subscribe("private-a");
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> subscriber.subscribe("presence-a", PresenceMember.of("alice")));
        }
        try (TestSubscriber refused = TestSubscriber.builder(engine)
                .authorizer((socketId, channel) -> {
                    throw new IllegalStateException("not for you");
                })
                .connect()) {
            assertThatExceptionOfType(SubscriptionRefusedException.class)
                    .isThrownBy(() -> refused.subscribe("private-a"))
                    .withMessageContaining("not for you")
                    .satisfies(refusal -> assertThat(refusal.authStatus()).isEmpty());
        }
    }

    @Test
    void endpointOfTheApplicationAuthorizesSubscriptions() throws IOException {
        List<JsonNode> requests = new CopyOnWriteArrayList<>();
        ChannelSigner signer = new ChannelSigner(engine.secret());
        HttpServer application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext("/auth", exchange -> {
            JsonNode request = JsonMapper.shared().readTree(exchange.getRequestBody());
            requests.add(request);
            String socketId = request.path("socket_id").stringValue();
            String channel = request.path("channel_name").stringValue();
            boolean known = "Bearer alice".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            Object response = channel.startsWith("presence-")
                    ? signer.authorizePresenceChannel(socketId, channel, PresenceMember.of("alice"))
                    : signer.authorizeChannel(socketId, channel);
            byte[] body = known && !channel.equals("private-other")
                    ? JsonMapper.shared().writeValueAsBytes(response)
                    : "{\"detail\":\"not yours\"}".getBytes(UTF_8);
            exchange.sendResponseHeaders(known ? (channel.equals("private-other") ? 403 : 200) : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        application.start();
        String url = "http://localhost:" + application.getAddress().getPort() + "/auth";
        try (TestSubscriber alice = TestSubscriber.builder(engine)
                        .authEndpoint(url, Map.of("Authorization", "Bearer alice"))
                        .connect();
                TestSubscriber nobody = TestSubscriber.builder(engine)
                        .authEndpoint(url, Map.of())
                        .connect()) {
            alice.subscribe("private-mine").subscribe("presence-lobby");
            alice.awaitMembers("presence-lobby", "alice");
            assertThat(requests.get(0).propertyNames()).containsExactlyInAnyOrder("socket_id", "channel_name");
            assertThat(requests.get(0).path("socket_id").stringValue()).isEqualTo(alice.socketId());

            assertThatExceptionOfType(SubscriptionRefusedException.class)
                    .isThrownBy(() -> alice.subscribe("private-other"))
                    .withMessageContaining("'private-other' was refused: POST " + url + " returned 403")
                    .withMessageContaining("not yours")
                    .satisfies(refusal -> assertThat(refusal.authStatus()).hasValue(403))
                    .satisfies(refusal -> assertThat(refusal.channel()).isEqualTo("private-other"));
            assertThatExceptionOfType(SubscriptionRefusedException.class)
                    .isThrownBy(() -> nobody.subscribe("private-mine"))
                    .satisfies(refusal -> assertThat(refusal.authStatus()).hasValue(401));
        } finally {
            application.stop(0);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestSubscriber.builder(engine).authEndpoint("localhost/auth", Map.of()))
                .withMessageContaining("'localhost/auth'");
    }

    @Test
    void engineRejectsSignaturesOfAnotherSecret() {
        ChannelSigner wrong = new ChannelSigner("lsk_another");
        try (TestSubscriber subscriber = TestSubscriber.builder(engine)
                .authorizer(wrong::authorizeChannel)
                .connect()) {
            assertThatExceptionOfType(SubscriptionRefusedException.class)
                    .isThrownBy(() -> subscriber.subscribe("private-a"))
                    .withMessageContaining("'private-a' was refused: The auth is not valid");
        }
    }

    @Test
    void reconnectRestoresSubscriptions() {
        try (TestSubscriber alice = TestSubscriber.connect(engine);
                TestSubscriber bob = TestSubscriber.connect(engine)) {
            alice.subscribe("chat").subscribe("presence-lobby", PresenceMember.of("alice"));
            bob.subscribe("presence-lobby", PresenceMember.of("bob"));
            String before = bob.socketId();

            bob.disconnect();
            assertThat(bob.isConnected()).isFalse();
            alice.awaitMembers("presence-lobby", "alice");
            assertThatIllegalStateException()
                    .isThrownBy(() -> bob.subscribe("chat"))
                    .withMessageContaining("not connected");

            bob.reconnect();
            alice.awaitMembers("presence-lobby", "alice", "bob");
            assertThat(bob.socketId()).isNotEqualTo(before);
            latteStream.trigger("presence-lobby", "message", 1);
            bob.awaitEvent("presence-lobby", "message");
            alice.reconnect();
            latteStream.trigger("chat", "message", 1);
            alice.awaitEvent("chat", "message");
        }
    }

    @Test
    void detectsAClosedEngine() {
        try (TestSubscriber subscriber = TestSubscriber.connect(engine).subscribe("chat")) {
            CompletableFuture<Void> closing = CompletableFuture.runAsync(
                    engine::close, CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));

            assertThatExceptionOfType(AssertionError.class)
                    .as("at once, instead of after a minute")
                    .isThrownBy(() -> subscriber.awaitEvent("chat", "message", Duration.ofMinutes(1)))
                    .withMessageContaining("The connection is closed: 1001");
            assertThat(subscriber.awaitDisconnect()).isEqualTo(1001);
            assertThat(subscriber.isConnected()).isFalse();
            assertThat(closing).succeedsWithin(Duration.ofSeconds(10));
            assertThatIllegalStateException()
                    .isThrownBy(subscriber::reconnect)
                    .withMessageContaining("/discover failed");
        }
        try (EmbeddedLatteStreamServer open =
                        EmbeddedLatteStreamServer.builder().start();
                TestSubscriber subscriber = TestSubscriber.builder(open)
                        .timeout(SHORTLY.multipliedBy(4))
                        .connect()) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(subscriber::awaitDisconnect)
                    .withMessageContaining("was not closed");
        }
    }

    @Test
    void reportsTheReasonOfAFailedConnection() {
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        TestSubscriber.builder(engine.endpoint(), "lspk_wrong").connect())
                .withMessageContaining("/discover returned 401");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestSubscriber.builder(engine.endpoint(), "lsk_0123456789"))
                .withMessageContaining("lspk_")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("0123456789"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestSubscriber.builder("http://localhost", engine.publicKey()));
    }

    @Test
    void dropsExcessUnreadEventsAndReportsThem() {
        try (TestSubscriber subscriber =
                TestSubscriber.builder(engine).maxUnreadEvents(2).connect()) {
            subscriber.subscribe("chat");
            for (int i = 0; i < 3; i++) {
                latteStream.trigger("chat", "message", i).join();
            }

            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> subscriber.assertNoEvent("chat", "other"))
                    .withMessageContaining("1 event(s) were dropped, because 2 events were unread");
            assertThat(subscriber.unreadEvents()).hasSize(2);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestSubscriber.builder(engine).maxUnreadEvents(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestSubscriber.builder(engine).timeout(Duration.ZERO));
    }

    @Test
    void cannotBeUsedAfterClosing() {
        TestSubscriber subscriber = TestSubscriber.connect(engine).subscribe("chat");
        latteStream.trigger("chat", "message", 1).join();
        subscriber.awaitEvent("chat", "message");
        subscriber.close();
        subscriber.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> subscriber.subscribe("news"))
                .withMessage("This subscriber is closed");
        assertThatIllegalStateException().isThrownBy(subscriber::reconnect);
        assertThat(subscriber.toString()).contains(engine.endpoint()).doesNotContain(engine.secret());
    }
}
