package com.lattestream.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SlowConsumerTests {

    @Test
    void isDisconnectedWithoutDelayingOtherClients() throws Exception {
        String data = "x".repeat(1024 * 1024);
        try (EmbeddedLatteStreamServer engine = EmbeddedLatteStreamServer.builder()
                        .maxPayloadBytes(data.length())
                        .start();
                TestSocket reader = TestSocket.subscribe(engine, "chat")) {
            WebSocket stuck = subscribeWithoutReadingOn(engine);
            assertThat(SignedCall.trigger(engine, "chat", "message", data)
                            .path("triggered")
                            .intValue())
                    .isEqualTo(2);
            assertThat(reader.nextEvent()).isEqualTo("message");

            await().pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> {
                        int reached = SignedCall.trigger(engine, "chat", "message", data)
                                .path("triggered")
                                .intValue();
                        assertThat(reader.nextEvent()).isEqualTo("message");
                        assertThat(reached).isEqualTo(1);
                    });
            stuck.abort();
        }
    }

    @Test
    void doesNotDelayClosing() throws Exception {
        EmbeddedLatteStreamServer engine =
                EmbeddedLatteStreamServer.builder().maxPayloadBytes(1024 * 1024).start();
        WebSocket stuck = subscribeWithoutReadingOn(engine);
        for (int i = 0; i < 8; i++) {
            SignedCall.trigger(engine, "chat", "message", "x".repeat(1024 * 1024));
        }

        long start = System.nanoTime();
        engine.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        stuck.abort();
    }

    private static WebSocket subscribeWithoutReadingOn(EmbeddedLatteStreamServer engine) throws InterruptedException {
        CountDownLatch subscribed = new CountDownLatch(2);
        WebSocket socket = TestSocket.handshake(
                        "ws://" + engine.endpoint() + "/?discovery_token=" + TestSocket.discoveryToken(engine),
                        new WebSocket.Listener() {

                            @Override
                            public void onOpen(WebSocket webSocket) {
                                // exactly two frames: connection_established and subscription_succeeded
                                webSocket.request(2);
                            }

                            @Override
                            public CompletionStage<?> onText(WebSocket webSocket, CharSequence text, boolean last) {
                                subscribed.countDown();
                                return null;
                            }
                        })
                .join();
        socket.sendText("{\"api_key\":\"" + engine.publicKey() + "\"}", true)
                .thenCompose(sent -> sent.sendText(TestSocket.frame("lattestream:subscribe", "chat"), true))
                .join();
        assertThat(subscribed.await(5, TimeUnit.SECONDS)).isTrue();
        return socket;
    }
}
