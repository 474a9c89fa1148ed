package com.lattestream.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamClient;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Five thousand sockets on one channel receive one event each. Not part of the regular build; see CONTRIBUTING.md.
 * Clients and engine share the measured heap.
 */
class ManySocketsSoak {

    private static final int SOCKETS = Integer.getInteger("soak.sockets", 5_000);

    private static final int AT_ONCE = 100;

    private static final long MINUTES = 1;

    private final CountDownLatch subscribed = new CountDownLatch(SOCKETS);

    private final CountDownLatch delivered = new CountDownLatch(SOCKETS);

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    private final Semaphore connecting = new Semaphore(AT_ONCE);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void eachSocketReceivesOneEvent() throws InterruptedException {
        try (EmbeddedLatteStreamServer engine =
                        EmbeddedLatteStreamServer.builder().start();
                LatteStreamClient client = LatteStreamClient.builder(engine.secret())
                        .endpoint(engine.endpoint())
                        .useTls(false)
                        .enableBatching(false)
                        .build()) {
            client.trigger("elsewhere", "warm-up", 1).join();
            long heapBefore = heapMegabytes();
            long start = System.nanoTime();
            List<Listener> listeners = new ArrayList<>();
            for (int i = 0; i < SOCKETS; i++) {
                connecting.acquire();
                Listener listener = new Listener();
                listeners.add(listener);
                connect(engine, listener);
            }
            assertThat(subscribed.await(MINUTES, TimeUnit.MINUTES)).isTrue();
            assertThat(failures).isEmpty();
            long connected = System.nanoTime();
            long heapConnected = heapMegabytes();

            long triggered = System.nanoTime();
            int reached = client.trigger("crowd", "message", Map.of("text", "Hello"))
                    .join()
                    .triggered()
                    .orElse(0);
            long responded = System.nanoTime();
            assertThat(delivered.await(MINUTES, TimeUnit.MINUTES)).isTrue();
            long done = System.nanoTime();
            System.out.printf(
                    "soak: sockets=%d reached=%d connecting=%d ms response=%d ms delivered=%d ms heap of engine and"
                            + " clients=%d MiB (before %d MiB)%n",
                    SOCKETS,
                    reached,
                    TimeUnit.NANOSECONDS.toMillis(connected - start),
                    TimeUnit.NANOSECONDS.toMillis(responded - triggered),
                    TimeUnit.NANOSECONDS.toMillis(done - triggered),
                    heapConnected,
                    heapBefore);

            assertThat(reached).isEqualTo(SOCKETS);
            // frames are delivered in order: a second message would arrive before the pong
            CompletableFuture.allOf(listeners.stream().map(Listener::ping).toArray(CompletableFuture[]::new))
                    .orTimeout(MINUTES, TimeUnit.MINUTES)
                    .join();
            assertThat(listeners)
                    .allSatisfy(listener -> assertThat(listener.events)
                            .containsExactly(
                                    "lattestream:connection_established",
                                    "lattestream_internal:subscription_succeeded",
                                    "message",
                                    "lattestream:pong"));
        }
    }

    private void connect(EmbeddedLatteStreamServer engine, Listener listener) {
        String base = engine.endpoint();
        HttpRequest discover = HttpRequest.newBuilder(
                        URI.create("http://" + base + "/discover?api_key=" + engine.publicKey()))
                .build();
        http.sendAsync(discover, BodyHandlers.ofString())
                .thenApply(response -> SignedCall.parse(response.body())
                        .path("discovery_token")
                        .stringValue())
                .thenCompose(token -> http.newWebSocketBuilder()
                        .buildAsync(URI.create("ws://" + base + "?discovery_token=" + token), listener))
                .whenComplete((socket, failure) -> {
                    if (failure != null) {
                        failures.add(failure);
                        connecting.release();
                        subscribed.countDown();
                    }
                });
    }

    private static long heapMegabytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / (1024 * 1024);
    }

    private final class Listener implements WebSocket.Listener {

        private final List<String> events = new CopyOnWriteArrayList<>();

        private final CompletableFuture<Void> pong = new CompletableFuture<>();

        private volatile WebSocket socket;

        CompletableFuture<Void> ping() {
            socket.sendText("{\"event\":\"lattestream:ping\",\"data\":{}}", true);
            return pong;
        }

        @Override
        public void onOpen(WebSocket webSocket) {
            socket = webSocket;
            // Both at once: the JDK WebSocket occasionally loses frames that are sent from its listener. The engine
            // processes them sequentially.
            webSocket
                    .sendText("{\"api_key\":\"lspk_local_engine\"}", true)
                    .thenCompose(sent -> sent.sendText(TestSocket.frame("lattestream:subscribe", "crowd"), true));
            webSocket.request(1);
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            String event = SignedCall.parse(data.toString()).path("event").stringValue();
            events.add(event);
            switch (event) {
                case "lattestream_internal:subscription_succeeded" -> {
                    connecting.release();
                    subscribed.countDown();
                }
                case "message" -> delivered.countDown();
                case "lattestream:pong" -> pong.complete(null);
                default -> {}
            }
            webSocket.request(1);
            return null;
        }
    }
}
