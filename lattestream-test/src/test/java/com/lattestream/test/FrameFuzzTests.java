package com.lattestream.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.testsupport.Fuzzer;
import org.junit.jupiter.api.Test;

/** The engine handles any frame of a client, and keeps the connection open. */
class FrameFuzzTests {

    private static final int FRAMES_BEFORE_CHECK = 50;

    private final Fuzzer fuzzer = Fuzzer.of(
            "{\"event\":\"lattestream:subscribe\",\"data\":{\"channel\":\"chat\"}}",
            "{\"event\":\"lattestream:subscribe\",\"data\":{\"channel\":\"private-a\",\"auth\":\"0000\"}}",
            "{\"event\":\"lattestream:subscribe\",\"data\":{\"channel\":\"presence-a\",\"auth\":\"0000\","
                    + "\"channel_data\":\"{\\\"user_id\\\":\\\"1\\\"}\"}}",
            "{\"event\":\"lattestream:unsubscribe\",\"data\":{\"channel\":\"chat\"}}",
            "{\"event\":\"lattestream:batch\",\"data\":{\"messages\":[{\"event\":\"lattestream:unsubscribe\","
                    + "\"data\":{\"channel\":\"chat\"}},{\"event\":\"lattestream:unsubscribe\"}]}}",
            "{\"event\":\"client-typing\",\"channel\":\"private-a\",\"data\":{\"name\":\"Alice\"}}");

    private int sent;

    @Test
    void theConnectionRespondsAfterAnyFrame() {
        try (EmbeddedLatteStreamServer engine =
                        EmbeddedLatteStreamServer.builder().start();
                TestSocket socket = TestSocket.connect(engine)) {
            fuzzer.run(frame -> {
                socket.send(new String(frame, UTF_8));
                if (++sent % FRAMES_BEFORE_CHECK == 0) {
                    awaitResponse(socket, "sync-" + sent);
                }
            });

            awaitResponse(socket, "sync-at-the-end");
            assertThat(socket.closeCode).isNotDone();
        }
    }

    /** Subscribes to a channel that no other frame contains: its response follows those to all frames before. */
    private static void awaitResponse(TestSocket socket, String channel) {
        socket.send(TestSocket.frame("lattestream:subscribe", channel));
        while (!socket.nextText().contains('"' + channel + '"')) {
            // a response to an earlier frame
        }
        socket.send(TestSocket.frame("lattestream:unsubscribe", channel));
    }
}
