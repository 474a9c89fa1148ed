package com.lattestream.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lattestream.core.Event;
import com.lattestream.core.LatteStreamAuthenticationException;
import com.lattestream.core.LatteStreamClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The engine and the client are compatible. */
class ClientTests {

    @Test
    void deliversWhatTheClientTriggers() {
        try (EmbeddedLatteStreamServer engine =
                        EmbeddedLatteStreamServer.builder().start();
                LatteStreamClient client = client(engine, engine.secret());
                TestSocket subscriber = TestSocket.subscribe(engine, "chat")) {
            client.trigger("chat", "alone", Map.of("text", "Hello")).join();
            client.triggerBatch(List.of(
                            Event.of("chat", "excluding", 1).excludingSocket(subscriber.socketId()),
                            Event.of("chat", "batched", 2)))
                    .join();

            assertThat(subscriber.next().path("data").stringValue()).isEqualTo("{\"text\":\"Hello\"}");
            assertThat(subscriber.nextEvent()).isEqualTo("batched");
            assertThat(engine.events())
                    .extracting(ReceivedEvent::name)
                    .containsExactly("alone", "excluding", "batched");
        }
    }

    @Test
    void rejectsAClientWithAnotherSecret() {
        try (EmbeddedLatteStreamServer engine =
                        EmbeddedLatteStreamServer.builder().start();
                LatteStreamClient client = client(engine, "lsk_another")) {
            assertThatThrownBy(() -> client.trigger("chat", "message", 1).join())
                    .hasCauseInstanceOf(LatteStreamAuthenticationException.class);
            assertThat(engine.events()).isEmpty();
        }
    }

    private static LatteStreamClient client(EmbeddedLatteStreamServer engine, String secret) {
        return LatteStreamClient.builder(secret)
                .endpoint(engine.endpoint())
                .useTls(false)
                .build();
    }
}
