package com.lattestream.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.ChannelAuthorization;
import com.lattestream.core.PresenceMember;
import com.lattestream.core.crypto.ChannelSigner;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Members of presence channels, and client events. */
class PresenceChannelTests {

    private static final String CHANNEL = "presence-lobby";

    private static final JsonMapper JSON = JsonMapper.shared();

    private EmbeddedLatteStreamServer engine;

    @BeforeEach
    void start() {
        engine = EmbeddedLatteStreamServer.builder().start();
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    private void requestToJoin(TestSocket socket, String user, String shownUser) {
        ChannelAuthorization authorization = new ChannelSigner(engine.secret())
                .authorizePresenceChannel(
                        socket.socketId(), CHANNEL, PresenceMember.of(user, Map.of("name", user + "!")));
        ObjectNode frame = JSON.createObjectNode().put("event", "lattestream:subscribe");
        frame.putObject("data")
                .put("channel", CHANNEL)
                .put("auth", authorization.auth())
                .put("channel_data", authorization.channelData().replace(user, shownUser));
        socket.send(frame.toString());
    }

    private TestSocket join(String user) {
        TestSocket socket = TestSocket.connect(engine);
        requestToJoin(socket, user, user);
        return socket;
    }

    private static JsonNode json(String text) {
        return JSON.readTree(text.replace('\'', '"'));
    }

    @Test
    void newMemberReceivesAllMembersAndIsAnnounced() {
        try (TestSocket alice = join("alice")) {
            assertThat(alice.next())
                    .isEqualTo(json("{'event':'lattestream_internal:subscription_succeeded','channel':'presence-lobby',"
                            + "'data':{'presence':{'hash':{'alice':{'name':'alice!'}},'me':{'id':'alice'}}}}"));
            try (TestSocket bob = join("bob")) {
                JsonNode presence = bob.next().path("data").path("presence");
                assertThat(presence.path("hash").propertyNames()).containsExactly("alice", "bob");
                assertThat(presence.path("me").path("id").stringValue()).isEqualTo("bob");
                assertThat(alice.next())
                        .isEqualTo(json("{'event':'lattestream_internal:member_added','channel':'presence-lobby',"
                                + "'data':{'id':'bob','info':{'name':'bob!'}}}"));
                bob.expectNoFrame();
            }
            assertThat(alice.next())
                    .isEqualTo(json("{'event':'lattestream_internal:member_removed','channel':'presence-lobby',"
                            + "'data':{'id':'bob'}}"));
        }
    }

    @Test
    void userWithSeveralConnectionsIsOneMember() {
        try (TestSocket alice = join("alice")) {
            alice.next();
            TestSocket first = join("bob");
            first.next();
            assertThat(alice.nextEvent()).isEqualTo("lattestream_internal:member_added");
            try (TestSocket second = join("bob")) {
                assertThat(second.next()
                                .path("data")
                                .path("presence")
                                .path("hash")
                                .size())
                        .isEqualTo(2);
                alice.expectNoFrame();
                first.send(TestSocket.frame("lattestream:unsubscribe", CHANNEL));
                first.expectNoFrame();
                alice.expectNoFrame();
                second.send(TestSocket.frame("lattestream:unsubscribe", CHANNEL));
                assertThat(alice.nextEvent()).isEqualTo("lattestream_internal:member_removed");
            }
            first.close();
        }
    }

    @Test
    void repeatedSubscriptionHasNoEffect() {
        try (TestSocket alice = join("alice");
                TestSocket bob = join("bob")) {
            alice.next();
            alice.next();
            bob.next();
            requestToJoin(bob, "bob", "bob");

            assertThat(bob.next().path("data").path("presence").path("hash").size())
                    .isEqualTo(2);
            alice.expectNoFrame();
        }
    }

    @Test
    void authorizationOfAnotherMemberIsRejected() {
        try (TestSocket socket = TestSocket.connect(engine)) {
            requestToJoin(socket, "mallory", "alice");
            assertThat(socket.nextEvent()).isEqualTo("lattestream:subscription_error");
            socket.send(TestSocket.frame("lattestream:subscribe", CHANNEL));
            assertThat(socket.nextEvent()).isEqualTo("lattestream:subscription_error");
        }
    }

    @Test
    void clientEventsAreDeliveredToOtherSubscribers() {
        try (TestSocket alice = join("alice");
                TestSocket bob = join("bob")) {
            alice.next();
            alice.next();
            bob.next();
            alice.send("{\"event\":\"client-typing\",\"channel\":\"presence-lobby\",\"data\":{\"in\":1}}");

            assertThat(bob.next())
                    .isEqualTo(json("{'event':'client-typing','channel':'presence-lobby','data':{'in':1}}"));
            alice.expectNoFrame();
        }
    }

    @Test
    void clientEventsAreLimited() {
        try (TestSocket alice = join("alice");
                TestSocket stranger = TestSocket.subscribe(engine, "chat")) {
            alice.next();
            for (String frame : new String[] {
                "{'event':'client-x','channel':'presence-lobby'}",
                "{'event':'client-x','channel':'chat'}",
                "{'event':'lattestream_internal:member_added','channel':'presence-lobby'}",
                "{'event':'typing','channel':'presence-lobby'}"
            }) {
                stranger.send(frame.replace('\'', '"'));
                assertThat(stranger.nextEvent()).isEqualTo("lattestream:error");
            }
            alice.expectNoFrame();
        }
    }
}
