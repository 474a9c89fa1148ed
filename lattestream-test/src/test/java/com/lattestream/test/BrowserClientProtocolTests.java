package com.lattestream.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.ChannelAuthorization;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.PresenceMember;
import com.lattestream.core.crypto.ChannelSigner;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Frames that the browser client 1.2 sends and accepts, verified point by point with an independent client. */
class BrowserClientProtocolTests {

    private static final String LOBBY = "presence-lobby";

    private EmbeddedLatteStreamServer engine;

    private final List<TestSocket> sockets = new ArrayList<>();

    @BeforeEach
    void start() {
        engine = EmbeddedLatteStreamServer.builder().start();
    }

    @AfterEach
    void close() {
        sockets.forEach(TestSocket::close);
        engine.close();
    }

    private TestSocket connect() {
        TestSocket socket = TestSocket.connect(engine);
        sockets.add(socket);
        return socket;
    }

    private TestSocket subscribe(String channel) {
        TestSocket socket = connect();
        socket.subscribe(channel);
        return socket;
    }

    private TestSocket join(String channel, String userId) {
        TestSocket socket = PresenceSocket.join(engine, channel, userId);
        sockets.add(socket);
        return socket;
    }

    private static JsonNode json(String text) {
        return SignedCall.parse(text.replace('\'', '"'));
    }

    private static String text(String text) {
        return text.replace('\'', '"');
    }

    private static String batch(String... frames) {
        return "{\"event\":\"lattestream:batch\",\"data\":{\"messages\":[" + String.join(",", frames) + "]}}";
    }

    private int subscriptions(String channel) {
        return SignedCall.parse(SignedCall.query(engine, "/channels/" + channel + "?info=subscription_count")
                        .send()
                        .body())
                .path("subscriptionCount")
                .intValue();
    }

    @Nested
    @DisplayName("1. Keys and addresses")
    class KeysAndAddresses {

        @Test
        void publicKeyRequiresDiscoveryBeforeEveryConnection() {
            connect();
            connect();

            assertThat(engine.requests())
                    .extracting(ReceivedRequest::path)
                    .containsExactly("/discover", "/", "/discover", "/");
        }

        @Test
        void clientTokenRequiresNeitherDiscoveryNorAQuery() {
            String token = PresenceSocket.authorize(engine, "1.2", "private-a", "alice")
                    .auth();

            sockets.add(TestSocket.connectWithToken(engine, token));

            assertThat(engine.requests()).extracting(ReceivedRequest::path).containsExactly("/auth", "/");
        }

        @Test
        void endpointIsNamedLocalhost() {
            assertThat(engine.endpoint()).startsWith("localhost:");
        }

        @Test
        void discoveryTokenRequiresNoEncodingInAUrl() {
            assertThat(TestSocket.discoveryToken(engine)).matches("[A-Za-z0-9_.~-]+");
        }

        @Test
        void discoveryRespondsWithJsonToLocalPages() {
            HttpResponse<String> discovered = SignedCall.send(HttpRequest.newBuilder(
                            URI.create("http://" + engine.endpoint() + "/discover?api_key=" + engine.publicKey()))
                    .header("Origin", "http://localhost:8080"));

            assertThat(discovered.statusCode()).isEqualTo(200);
            assertThat(discovered.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("http://localhost:8080");
            assertThat(SignedCall.parse(discovered.body()).path("node_id").isString())
                    .isTrue();
        }
    }

    @Nested
    @DisplayName("2. Handshake")
    class Handshake {

        @Test
        void noFrameIsSentBeforeTheKeyIsReceived() {
            TestSocket socket = TestSocket.open(engine);
            sockets.add(socket);
            socket.awaitRegistered();

            assertThat(socket.isSilent()).isTrue();
        }

        @Test
        void connectionEstablishedContainsAnObjectWithTheSocketIdOnly() {
            TestSocket socket = TestSocket.open(engine);
            sockets.add(socket);
            socket.send("{\"api_key\":\"" + engine.publicKey() + "\"}");

            JsonNode frame = socket.next();
            assertThat(frame.propertyNames()).containsExactly("event", "data");
            assertThat(frame.path("event").stringValue()).isEqualTo("lattestream:connection_established");
            assertThat(frame.path("data").propertyNames()).containsExactly("socket_id");
        }

        @Test
        void socketIdsAreTwoNumbersWithADot() {
            assertThat(connect().socketId()).matches("[0-9]+\\.[0-9]+").matches("^[0-9a-f]+\\.[0-9a-f]+$");
        }

        @Test
        void clientWithoutSubscriptionsIsNotPinged() {
            // longer than several authentication timeouts
            engine.close();
            engine = EmbeddedLatteStreamServer.builder()
                    .authenticationTimeout(Duration.ofMillis(100))
                    .activityTimeout(Duration.ofMillis(100))
                    .start();
            TestSocket idle = connect();
            TestSocket keyless = TestSocket.open(engine);
            sockets.add(keyless);

            assertThat(keyless.awaitCloseCode()).isEqualTo(4001);
            await().until(() -> idle.pings() >= 5);
            assertThat(idle.closeCode).isNotDone();
            idle.subscribe("chat");
        }
    }

    @Nested
    @DisplayName("3. Frames from the client")
    class FramesFromTheClient {

        @Test
        void framesOfABatchAreProcessedInOrder() {
            TestSocket socket = connect();
            String[] frames = new String[10];
            for (int i = 0; i < frames.length; i++) {
                frames[i] = TestSocket.frame("lattestream:subscribe", "c" + i);
            }
            socket.send(batch(frames));

            for (int i = 0; i < frames.length; i++) {
                assertThat(socket.next().path("channel").stringValue()).isEqualTo("c" + i);
            }
        }

        @Test
        void batchCanContainEveryKindOfFrame() {
            TestSocket alice = join(LOBBY, "alice");
            TestSocket bob = join(LOBBY, "bob");
            alice.next();
            alice.send(batch(
                    TestSocket.frame("lattestream:subscribe", "chat"),
                    "{\"event\":\"lattestream:ping\",\"data\":{}}",
                    text("{'event':'client-x','data':{'a':1},'channel':'presence-lobby'}"),
                    TestSocket.frame("lattestream:unsubscribe", "chat")));

            assertThat(alice.nextEvent()).isEqualTo("lattestream_internal:subscription_succeeded");
            assertThat(alice.nextEvent()).isEqualTo("lattestream:pong");
            assertThat(bob.nextEvent()).isEqualTo("client-x");
            alice.expectNoFrame();
            assertThat(subscriptions("chat")).isZero();
        }

        @Test
        void privateChannelIsAuthorizedByTheEngineOrLocally() {
            TestSocket socket = connect();
            PresenceSocket.requestToJoin(engine, socket, "private-a", "alice");
            assertThat(socket.next())
                    .isEqualTo(json("{'event':'lattestream_internal:subscription_succeeded','channel':'private-a',"
                            + "'data':{}}"));
            PresenceSocket.requestToJoin(
                    socket, "private-b", PresenceSocket.sign(engine, socket.socketId(), "private-b"));
            assertThat(socket.nextEvent()).isEqualTo("lattestream_internal:subscription_succeeded");
        }

        @Test
        void channelDataOfAPrivateChannelIsVerifiedToo() {
            TestSocket socket = connect();
            ChannelAuthorization authorization =
                    PresenceSocket.authorize(engine, socket.socketId(), "private-a", "alice");

            PresenceSocket.requestToJoin(
                    socket,
                    "private-a",
                    new ChannelAuthorization(
                            authorization.auth(),
                            String.valueOf(authorization.channelData()).replace("alice", "bob")));

            assertThat(socket.nextEvent()).isEqualTo("lattestream:subscription_error");
        }

        @Test
        void channelDataCanBeAStringOrAnObject() {
            TestSocket asText = connect();
            TestSocket asObject = connect();
            PresenceSocket.requestToJoin(engine, asText, LOBBY, "alice");
            ChannelAuthorization authorization = new ChannelSigner(engine.secret())
                    .authorizePresenceChannel(
                            asObject.socketId(), LOBBY, PresenceMember.of("bob", Map.of("name", "B")));
            ObjectNode frame = SignedCall.json().put("event", "lattestream:subscribe");
            frame.putObject("data")
                    .put("channel", LOBBY)
                    .put("auth", authorization.auth())
                    .set("channel_data", SignedCall.parse(String.valueOf(authorization.channelData())));
            asObject.send(frame.toString());

            assertThat(asText.nextEvent()).isEqualTo("lattestream_internal:subscription_succeeded");
            assertThat(asObject.next().path("data").path("presence").path("me")).isEqualTo(json("{'id':'bob'}"));
        }

        @Test
        void eachPingIsAnsweredWithOnePong() {
            TestSocket socket = connect();
            socket.send("{\"event\":\"lattestream:ping\",\"data\":{}}");
            socket.send("{\"event\":\"lattestream:ping\",\"data\":{}}");

            assertThat(socket.next()).isEqualTo(json("{'event':'lattestream:pong'}"));
            assertThat(socket.next()).isEqualTo(json("{'event':'lattestream:pong'}"));
            socket.expectNoFrame();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{'event':'typing','channel':'presence-lobby','data':{}}",
                    "{'event':'client-x','channel':'chat','data':{}}",
                    "{'event':'client-x','data':{}}",
                    "{'event':'lattestream_internal:member_added','channel':'presence-lobby','data':{'id':'x'}}",
                    "{'event':'lattestream:member_removed','channel':'presence-lobby','data':{'id':'bob'}}",
                    "{'event':'client-x','channel':'private-elsewhere','data':{}}"
                })
        void invalidClientEventsAreRejectedByTheEngine(String frame) {
            TestSocket alice = join(LOBBY, "alice");
            TestSocket bob = join(LOBBY, "bob");
            alice.next();
            alice.subscribe("chat");
            bob.subscribe("chat");
            alice.send(text(frame));

            assertThat(alice.nextEvent()).isEqualTo("lattestream:error");
            bob.expectNoFrame();
        }

        @Test
        void binaryFramesAreRejectedWithAnError() {
            TestSocket socket = connect();
            socket.socket().sendBinary(ByteBuffer.allocate(8), true).join();

            JsonNode error = socket.next();
            assertThat(error.path("event").stringValue()).isEqualTo("lattestream:error");
            assertThat(error.path("data").path("code").intValue()).isEqualTo(400);
            socket.expectNoFrame();
        }
    }

    @Nested
    @DisplayName("3. The auth endpoint")
    class TheAuthEndpoint {

        @Test
        void responseContainsAuthAndChannelDataAsAString() {
            ChannelAuthorization authorization = PresenceSocket.authorize(engine, "1.2", LOBBY, "alice");

            assertThat(authorization.auth()).startsWith("lspc_");
            assertThat(authorization.channelData())
                    .isEqualTo("{\"user_id\":\"alice\",\"user_info\":{\"name\":\"alice!\"}}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"chat", "private-bad channel", "presence-é", ""})
        void publicChannelsAndBadNamesAreNotAuthorized(String channel) {
            HttpResponse<String> response = SignedCall.post(
                            engine,
                            "/auth",
                            SignedCall.json()
                                    .put("socket_id", "1.2")
                                    .put("channel_name", channel)
                                    .toString())
                    .send();

            assertThat(response.statusCode()).isEqualTo(400);
        }
    }

    @Nested
    @DisplayName("4. Frames to the client")
    class FramesToTheClient {

        @Test
        void everySubscriptionIsConfirmedEvenIfRepeated() {
            TestSocket socket = connect();
            for (int i = 0; i < 2; i++) {
                socket.send(TestSocket.frame("lattestream:subscribe", "chat"));
                assertThat(socket.next())
                        .isEqualTo(json("{'event':'lattestream_internal:subscription_succeeded','channel':'chat',"
                                + "'data':{}}"));
            }
        }

        @Test
        void presenceContainsAllMembersAndTheOwnId() {
            join(LOBBY, "alice");
            TestSocket bob = connect();
            PresenceSocket.requestToJoin(engine, bob, LOBBY, "bob");

            assertThat(bob.next().path("data"))
                    .isEqualTo(json("{'presence':{'hash':{'alice':{'name':'alice!'},'bob':{'name':'bob!'}},"
                            + "'me':{'id':'bob'}}}"));
        }

        @Test
        void memberWithoutInfoIsNullInTheHash() {
            TestSocket socket = connect();
            PresenceSocket.requestToJoin(
                    socket,
                    LOBBY,
                    new ChannelSigner(engine.secret())
                            .authorizePresenceChannel(socket.socketId(), LOBBY, PresenceMember.of("2")));

            assertThat(socket.next().path("data").path("presence").path("hash")).isEqualTo(json("{'2':null}"));
        }

        @Test
        void memberWithSeveralSocketsIsAnnouncedOnce() {
            TestSocket alice = join(LOBBY, "alice");
            TestSocket first = join(LOBBY, "bob");
            assertThat(alice.next())
                    .isEqualTo(json("{'event':'lattestream_internal:member_added','channel':'presence-lobby',"
                            + "'data':{'id':'bob','info':{'name':'bob!'}}}"));
            TestSocket second = join(LOBBY, "bob");
            alice.expectNoFrame();
            first.expectNoFrame();
            first.send(TestSocket.frame("lattestream:unsubscribe", LOBBY));
            first.expectNoFrame();
            alice.expectNoFrame();
            second.send(TestSocket.frame("lattestream:unsubscribe", LOBBY));
            assertThat(alice.next())
                    .isEqualTo(json("{'event':'lattestream_internal:member_removed','channel':'presence-lobby',"
                            + "'data':{'id':'bob'}}"));
            second.expectNoFrame();
        }

        @Test
        void newMemberIsNotNotifiedOfItself() {
            TestSocket alice = join(LOBBY, "alice");

            alice.expectNoFrame();
        }

        @Test
        void subscriptionErrorsHaveTheChannelOutsideAndCodeAndMessageInside() {
            TestSocket socket = connect();
            socket.send(TestSocket.frame("lattestream:subscribe", "private-a"));

            JsonNode error = socket.next();
            assertThat(error.path("event").stringValue()).isEqualTo("lattestream:subscription_error");
            assertThat(error.path("channel").stringValue()).isEqualTo("private-a");
            assertThat(error.path("data").path("code").intValue()).isEqualTo(401);
            assertThat(error.path("data").path("message").stringValue()).contains("private-a");
        }

        @Test
        void errorsContainNoChannel() {
            TestSocket socket = connect();
            socket.send("{\"event\":\"client-x\",\"channel\":\"private-a\",\"data\":1}");

            JsonNode error = socket.next();
            assertThat(error.path("data").path("code").intValue()).isEqualTo(403);
            assertThat(error.has("channel")).isFalse();
            assertThat(error.path("data").has("channel")).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"{\"a\":1}", "[1]", "\"text\"", "5", "null", "no json"})
        void dataOfRestCallsIsForwardedVerbatim(String data) {
            TestSocket socket = subscribe("chat");
            SignedCall.trigger(engine, "chat", "message", data);

            assertThat(socket.next().path("data").stringValue()).isEqualTo(data);
        }

        @Test
        void dataOfClientEventsIsForwardedVerbatimOrOmitted() {
            TestSocket alice = join("private-a", "alice");
            TestSocket bob = join("private-a", "bob");
            alice.send(text("{'event':'client-x','data':'text','channel':'private-a'}"));
            alice.send(text("{'event':'client-y','channel':'private-a'}"));

            assertThat(bob.next()).isEqualTo(json("{'event':'client-x','channel':'private-a','data':'text'}"));
            assertThat(bob.next()).isEqualTo(json("{'event':'client-y','channel':'private-a'}"));
            alice.expectNoFrame();
        }
    }

    @Nested
    @DisplayName("5. Binary frames")
    class BinaryFrames {

        @Test
        void engineSendsTextFramesOnly() {
            TestSocket alice = join(LOBBY, "alice");
            join(LOBBY, "bob");
            SignedCall.trigger(engine, LOBBY, "message", "1");

            assertThat(alice.nextEvent()).isEqualTo("lattestream_internal:member_added");
            assertThat(alice.nextEvent()).isEqualTo("message");
            alice.expectNoFrame();
            assertThat(alice.hasReceivedBinary()).isFalse();
        }
    }

    @Nested
    @DisplayName("6. Reconnect")
    class Reconnect {

        @Test
        void reconnectedClientHasANewIdAndRequiresANewAuthorization() {
            TestSocket before = connect();
            ChannelAuthorization old = PresenceSocket.authorize(engine, before.socketId(), "private-a", "alice");
            engine.dropConnections();
            TestSocket after = connect();

            assertThat(after.socketId()).isNotEqualTo(before.socketId());
            PresenceSocket.requestToJoin(after, "private-a", old);
            assertThat(after.nextEvent()).isEqualTo("lattestream:subscription_error");
            PresenceSocket.requestToJoin(engine, after, "private-a", "alice");
            assertThat(after.nextEvent()).isEqualTo("lattestream_internal:subscription_succeeded");
        }

        @Test
        void terminatedUserCanReconnect() {
            TestSocket alice = join(LOBBY, "alice");
            try (LatteStreamClient client = LatteStreamClient.builder(engine.secret())
                    .endpoint(engine.endpoint())
                    .useTls(false)
                    .build()) {
                client.terminateUserConnections("alice").join();
            }

            assertThat(alice.awaitCloseCode()).isEqualTo(4009);
            join(LOBBY, "alice").expectNoFrame();
        }
    }

    @Nested
    @DisplayName("7. Leaving")
    class Leaving {

        @Test
        void closingEndsSubscriptionsAndNotifiesOtherMembers() {
            TestSocket alice = join(LOBBY, "alice");
            TestSocket bob = join(LOBBY, "bob");
            alice.next();
            bob.socket().sendClose(WebSocket.NORMAL_CLOSURE, "").join();

            assertThat(alice.nextEvent()).isEqualTo("lattestream_internal:member_removed");
            assertThat(subscriptions(LOBBY)).isEqualTo(1);
        }

        @Test
        void disappearedClientIsDetected() {
            engine.close();
            engine = EmbeddedLatteStreamServer.builder()
                    .activityTimeout(Duration.ofMillis(200))
                    .pongTimeout(Duration.ofSeconds(1))
                    .start();
            TestSocket alice = join(LOBBY, "alice");
            TestSocket frozen = join(LOBBY, "bob");
            assertThat(alice.nextEvent()).isEqualTo("lattestream_internal:member_added");

            frozen.stopReading();

            assertThat(alice.nextEvent()).isEqualTo("lattestream_internal:member_removed");
            alice.expectNoFrame();
        }
    }

    @Nested
    @DisplayName("8. Client bugs that are tolerated")
    class ClientBugs {

        @Test
        void subscriptionWithoutUnsubscribeIsKeptUntilTheSocketCloses() {
            TestSocket socket = subscribe("chat");
            assertThat(subscriptions("chat")).isEqualTo(1);

            socket.socket().sendClose(WebSocket.NORMAL_CLOSURE, "").join();

            await().until(() -> subscriptions("chat") == 0);
        }

        @Test
        void threeSocketsOfOneClientAreIndependent() {
            TestSocket leftOver = connect();
            TestSocket another = connect();
            TestSocket live = subscribe("chat");
            SignedCall.trigger(engine, "chat", "message", "1");

            assertThat(live.nextEvent()).isEqualTo("message");
            leftOver.expectNoFrame();
            another.expectNoFrame();
        }

        @Test
        void authorizationOfAnOldSocketIsRejectedAndTheSubscriptionKept() {
            TestSocket old = connect();
            ChannelAuthorization overtaken = PresenceSocket.authorize(engine, old.socketId(), LOBBY, "alice");
            TestSocket alice = join(LOBBY, "alice");
            TestSocket bob = join(LOBBY, "bob");
            alice.next();

            PresenceSocket.requestToJoin(alice, LOBBY, overtaken);

            JsonNode error = alice.next();
            assertThat(error.path("event").stringValue()).isEqualTo("lattestream:subscription_error");
            assertThat(error.path("channel").stringValue()).isEqualTo(LOBBY);
            bob.expectNoFrame();
            SignedCall.trigger(engine, LOBBY, "message", "1");
            assertThat(alice.nextEvent()).isEqualTo("message");
        }

        @Test
        void duplicateSubscriptionsDeliverOnce() {
            TestSocket socket = connect();
            String frame = TestSocket.frame("lattestream:subscribe", "chat");
            socket.send(batch(frame, frame, frame));
            for (int i = 0; i < 3; i++) {
                assertThat(socket.nextEvent()).isEqualTo("lattestream_internal:subscription_succeeded");
            }

            assertThat(SignedCall.trigger(engine, "chat", "message", "1")
                            .path("triggered")
                            .intValue())
                    .isEqualTo(1);
            assertThat(socket.nextEvent()).isEqualTo("message");
            socket.expectNoFrame();
            assertThat(subscriptions("chat")).isEqualTo(1);
        }

        @Test
        void secondSubscriptionAsAnotherMemberHasNoEffect() {
            TestSocket socket = join(LOBBY, "alice");
            PresenceSocket.requestToJoin(engine, socket, LOBBY, "bob");

            assertThat(socket.next().path("data").path("presence"))
                    .isEqualTo(json("{'hash':{'alice':{'name':'alice!'}},'me':{'id':'alice'}}"));
        }
    }

    @Nested
    @DisplayName("9. The REST side")
    class TheRestSide {

        @ParameterizedTest
        @ValueSource(strings = {"/events", "/batch_events", "/auth", "/users/1/terminate_connections"})
        void everyResponseIsJson(String path) {
            ObjectNode body = SignedCall.json()
                    .put("channel", "private-a,b")
                    .put("event", "e")
                    .put("data", "1")
                    .put("socket_id", "1.2")
                    .put("channel_name", "private-a");
            ArrayNode batch = body.putArray("batch");
            batch.addObject().put("channel", "a,b").put("name", "e").put("data", "1");
            HttpResponse<String> response =
                    SignedCall.post(engine, path, body.toString()).send();

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(SignedCall.parse(response.body()).isObject()).isTrue();
            assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        }

        @Test
        void channelsOfABatchEventCanBeJoined() {
            TestSocket socket = subscribe("b");
            SignedCall.post(engine, "/batch_events", text("{'batch':[{'channel':'a,b','name':'e','data':'1'}]}"))
                    .send();

            assertThat(socket.nextEvent()).isEqualTo("e");
        }
    }
}
