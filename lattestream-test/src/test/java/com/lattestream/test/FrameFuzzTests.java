package com.lattestream.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.testsupport.Fuzzer;
import org.junit.jupiter.api.Test;

/** The engine handles any frame of a client, and keeps the connection open. */
class FrameFuzzTests {

    private static final int FRAMES_BEFORE_PING = 50;

    private final Fuzzer fuzzer = Fuzzer.of(
            "{\"event\":\"lattestream:subscribe\",\"data\":{\"channel\":\"chat\"}}",
            "{\"event\":\"lattestream:subscribe\",\"data\":{\"channel\":\"private-a\",\"auth\":\"0000\"}}",
            "{\"event\":\"lattestream:subscribe\",\"data\":{\"channel\":\"presence-a\",\"auth\":\"0000\","
                    + "\"channel_data\":\"{\\\"user_id\\\":\\\"1\\\"}\"}}",
            "{\"event\":\"lattestream:unsubscribe\",\"data\":{\"channel\":\"chat\"}}",
            "{\"event\":\"lattestream:batch\",\"data\":{\"messages\":[{\"event\":\"lattestream:unsubscribe\","
                    + "\"data\":{\"channel\":\"chat\"}},{\"event\":\"lattestream:ping\"}]}}",
            "{\"event\":\"client-typing\",\"channel\":\"private-a\",\"data\":{\"name\":\"Alice\"}}");

    @Test
    void theConnectionRespondsAfterAnyFrame() {
        try (EmbeddedLatteStreamServer engine =
                        EmbeddedLatteStreamServer.builder().start();
                TestSocket socket = TestSocket.connect(engine)) {
            for (int sent = 0; sent < fuzzer.inputs(); sent += FRAMES_BEFORE_PING) {
                for (int i = 0; i < FRAMES_BEFORE_PING; i++) {
                    socket.send(new String(fuzzer.next(), UTF_8));
                }
                awaitPong(socket, "{\"event\":\"lattestream:pong\"");
            }

            assertThat(socket.closeCode).isNotDone();
        }
    }

    private static void awaitPong(TestSocket socket, String pong) {
        socket.send("{\"event\":\"lattestream:ping\",\"data\":{\"last\":true}}");
        while (!socket.nextText().startsWith(pong)) {
            // responses to the frames before
        }
    }
}
