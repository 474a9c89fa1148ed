package com.lattestream.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SocketHandshakeTests {

    private static EmbeddedLatteStreamServer engine;

    @BeforeAll
    static void start() {
        engine = EmbeddedLatteStreamServer.builder().start();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void respondsToTheKeyWithTheSocketIdInAnObject() {
        try (TestSocket client = TestSocket.open(engine)) {
            client.send("{\"api_key\":\"lspk_local_engine\"}");

            JsonNode response = client.next();
            assertThat(response.path("event").stringValue()).isEqualTo("lattestream:connection_established");
            assertThat(response.path("data").isObject()).isTrue();
            assertThat(response.path("data").path("socket_id").stringValue()).matches("[0-9]+\\.[0-9]+");
        }
    }

    @Test
    void assignsAUniqueIdToEachSocket() {
        try (TestSocket one = TestSocket.connect(engine);
                TestSocket other = TestSocket.connect(engine)) {
            assertThat(one.socketId()).isNotEqualTo(other.socketId());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"api_key\":\"lspk_other\"}",
                "{\"api_key\":\"lsk_local_engine\"}",
                "{\"api_key\":\"lspc_1\"}",
                "{\"api_key\":\"\"}",
                "{\"api_key\":null}",
                "{\"event\":\"lattestream:subscribe\",\"data\":{\"channel\":\"chat\"}}",
                "{\"event\":\"lattestream:ping\"}",
                "{}",
                "[]",
                "lspk_local_engine",
                ""
            })
    void closesASocketWhoseFirstFrameIsNotTheKey(String first) {
        try (TestSocket client = TestSocket.open(engine)) {
            client.send(first);

            assertThat(client.awaitCloseCode()).isEqualTo(4001);
            assertThat(client.closeReason).contains("api_key").doesNotContain("local_engine");
        }
    }

    @Test
    void ignoresFramesOfARejectedSocket() {
        try (TestSocket client = TestSocket.open(engine)) {
            client.socket()
                    .sendText("{\"api_key\":\"lspk_other\"}", true)
                    .thenCompose(socket -> socket.sendText("{\"api_key\":\"lspk_local_engine\"}", true))
                    .exceptionally(closedAlready -> null)
                    .join();

            assertThat(client.awaitCloseCode()).isEqualTo(4001);
        }
    }

    @Test
    void closesASocketWithoutAKeyAfterTheTimeout() {
        try (EmbeddedLatteStreamServer hasty = EmbeddedLatteStreamServer.builder()
                        .authenticationTimeout(Duration.ofMillis(200))
                        .start();
                TestSocket prompt = TestSocket.connect(hasty);
                TestSocket silent = TestSocket.open(hasty)) {
            assertThat(silent.awaitCloseCode()).isEqualTo(4001);
            assertThat(silent.closeReason).contains("in time");
            prompt.expectNoFrame();
        }
    }

    @Test
    void respondsToBinaryFramesWithAnErrorAndKeepsTheSocket() {
        try (TestSocket client = TestSocket.connect(engine)) {
            client.socket()
                    .sendBinary(ByteBuffer.wrap("{\"event\":\"lattestream:ping\"}".getBytes(UTF_8)), true)
                    .join();

            JsonNode response = client.next();
            assertThat(response.path("event").stringValue()).isEqualTo("lattestream:error");
            assertThat(response.path("data").path("message").stringValue()).contains("text");
            client.expectNoFrame();
        }
    }

    @Test
    void closesASocketWhoseFirstFrameIsBinary() {
        try (TestSocket client = TestSocket.open(engine)) {
            client.socket()
                    .sendBinary(ByteBuffer.wrap("{\"api_key\":\"lspk_local_engine\"}".getBytes(UTF_8)), true)
                    .join();

            assertThat(client.awaitCloseCode()).isEqualTo(4001);
        }
    }

    @Test
    void closesASocketWithAFrameThatIsTooLargeAndKeepsOthers() {
        try (TestSocket client = TestSocket.connect(engine);
                TestSocket other = TestSocket.connect(engine)) {
            client.socket()
                    .sendText("x".repeat(16 * 32 * 1024 + 1), true)
                    .exceptionally(closedAlready -> null)
                    .join();

            assertThat(client.awaitCloseCode()).isEqualTo(1009);
            other.expectNoFrame();
        }
    }
}
