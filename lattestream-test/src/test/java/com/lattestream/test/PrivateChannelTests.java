package com.lattestream.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.ChannelAuthorization;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.crypto.ChannelSigner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Authorization of private channels, and delivery to their subscribers. */
class PrivateChannelTests {

    private EmbeddedLatteStreamServer engine;

    private LatteStreamClient client;

    @BeforeEach
    void start() {
        engine = EmbeddedLatteStreamServer.builder().start();
        client = LatteStreamClient.builder(engine.secret())
                .endpoint(engine.endpoint())
                .useTls(false)
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        engine.close();
    }

    private static JsonNode subscribe(TestSocket socket, String channel, String auth) {
        socket.send(JsonMapper.shared()
                .createObjectNode()
                .put("event", "lattestream:subscribe")
                .set(
                        "data",
                        JsonMapper.shared()
                                .createObjectNode()
                                .put("channel", channel)
                                .put("auth", auth))
                .toString());
        return socket.next();
    }

    private static String event(JsonNode frame) {
        return frame.path("event").stringValue("");
    }

    @Test
    void tokenIssuedByTheEngineAuthorizesTheConnection() {
        try (TestSocket socket = TestSocket.connect(engine)) {
            ChannelAuthorization authorization =
                    client.authorizeChannel(socket.socketId(), "private-a").join();

            assertThat(authorization.auth()).startsWith("lspc_");
            assertThat(event(subscribe(socket, "private-a", authorization.auth())))
                    .isEqualTo("lattestream_internal:subscription_succeeded");
            client.trigger("private-a", "message", 1).join();
            assertThat(event(socket.next())).isEqualTo("message");
        }
    }

    @Test
    void signatureWithTheSecretAuthorizesTheConnection() {
        try (TestSocket socket = TestSocket.connect(engine)) {
            String auth = new ChannelSigner(engine.secret())
                    .authorizeChannel(socket.socketId(), "private-a")
                    .auth();

            assertThat(event(subscribe(socket, "private-a", auth)))
                    .isEqualTo("lattestream_internal:subscription_succeeded");
        }
    }

    @Test
    void otherAuthorizationsAreRejected() {
        try (TestSocket socket = TestSocket.connect(engine);
                TestSocket other = TestSocket.connect(engine)) {
            ChannelSigner signer = new ChannelSigner(engine.secret());
            String ofAnotherConnection = client.authorizeChannel(other.socketId(), "private-a")
                    .join()
                    .auth();
            String ofAnotherChannel = client.authorizeChannel(socket.socketId(), "private-b")
                    .join()
                    .auth();
            for (String auth : new String[] {
                "",
                "lspc_invented",
                ofAnotherConnection,
                ofAnotherChannel,
                signer.authorizeChannel(other.socketId(), "private-a").auth(),
                signer.authorizeChannel(socket.socketId(), "private-b").auth(),
                new ChannelSigner("lsk_another")
                        .authorizeChannel(socket.socketId(), "private-a")
                        .auth()
            }) {
                assertThat(event(subscribe(socket, "private-a", auth))).isEqualTo("lattestream:subscription_error");
            }
        }
    }
}
