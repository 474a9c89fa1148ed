package com.lattestream.test.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.test.EmbeddedLatteStreamServer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ClientSocketTests {

    @Test
    void closeReturnsAfterTheListenerWasNotified() {
        AtomicBoolean known = new AtomicBoolean();
        ClientSocket.Listener slow = new ClientSocket.Listener() {

            @Override
            public void received(String text) {}

            @Override
            public void closed(int code, String reason) {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                known.set(true);
            }
        };
        try (EmbeddedLatteStreamServer engine =
                EmbeddedLatteStreamServer.builder().start()) {
            ClientSocket socket = ClientSocket.open(
                    new ClientAddress(engine.endpoint(), false), engine.publicKey(), slow, Duration.ofSeconds(10));

            socket.close();

            assertThat(known).isTrue();
        }
    }
}
