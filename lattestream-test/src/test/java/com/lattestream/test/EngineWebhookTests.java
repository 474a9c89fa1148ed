package com.lattestream.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.crypto.WebhookSigner;
import com.lattestream.core.webhook.WebhookEvent;
import com.lattestream.core.webhook.WebhookPayload;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Webhooks that the engine sends to the application. */
class EngineWebhookTests {

    private record Delivery(byte[] body, String signature) {}

    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

    private final AtomicInteger refusals = new AtomicInteger();

    private HttpServer application;

    private EmbeddedLatteStreamServer engine;

    @BeforeEach
    void start() throws IOException {
        application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext("/hooks", exchange -> {
            deliveries.add(new Delivery(
                    exchange.getRequestBody().readAllBytes(),
                    exchange.getRequestHeaders().getFirst("X-LatteStream-Signature")));
            exchange.sendResponseHeaders(refusals.getAndDecrement() > 0 ? 500 : 204, -1);
            exchange.close();
        });
        application.start();
        engine = EmbeddedLatteStreamServer.builder()
                .webhookUrl("http://localhost:" + application.getAddress().getPort() + "/hooks")
                .start();
    }

    @AfterEach
    void stop() {
        engine.close();
        application.stop(0);
    }

    private List<WebhookEvent> receivedEvents() {
        return deliveries.stream()
                .flatMap(delivery -> WebhookPayload.parse(delivery.body()).events().stream())
                .toList();
    }

    @Test
    void sendsSignedEventsOfChannelsInOrder() {
        try (TestSocket socket = TestSocket.subscribe(engine, "chat")) {
            socket.send(TestSocket.frame("lattestream:unsubscribe", "chat"));
            await().untilAsserted(() -> assertThat(receivedEvents())
                    .containsExactly(
                            new WebhookEvent.ChannelOccupied("chat"),
                            new WebhookEvent.SubscriptionCount("chat", 1),
                            new WebhookEvent.SubscriptionCount("chat", 0),
                            new WebhookEvent.ChannelVacated("chat")));
        }
        assertThat(deliveries)
                .allMatch(delivery -> new WebhookSigner(engine.secret()).verify(delivery.body(), delivery.signature()));
    }

    @Test
    void rejectedWebhookIsRetriedWithTheSameBytes() {
        refusals.set(2);
        try (TestSocket socket = TestSocket.subscribe(engine, "chat")) {
            await().untilAsserted(() -> assertThat(deliveries).hasSizeGreaterThanOrEqualTo(3));
            assertThat(deliveries.get(1).body()).isEqualTo(deliveries.get(0).body());
            assertThat(deliveries.get(2).body()).isEqualTo(deliveries.get(0).body());
            socket.expectNoFrame();
        }
    }

    @Test
    void urlCanBeChangedAndRemoved() {
        engine.webhookUrl(null);
        try (TestSocket socket = TestSocket.subscribe(engine, "unsubscribed")) {
            socket.expectNoFrame();
            engine.webhookUrl("http://localhost:" + application.getAddress().getPort() + "/hooks");
            socket.subscribe("subscribed");

            await().untilAsserted(() ->
                    assertThat(receivedEvents()).contains(new WebhookEvent.ChannelOccupied("subscribed")));
            assertThat(receivedEvents()).doesNotContain(new WebhookEvent.ChannelOccupied("unsubscribed"));
        }
    }

    @Test
    void invalidUrlIsRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.webhookUrl("localhost/hooks"))
                .withMessageContaining("'localhost/hooks' must start with http");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddedLatteStreamServer.builder().webhookUrl("http://"));
    }
}
