package com.lattestream.samples.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.crypto.WebhookSigner;
import com.lattestream.core.webhook.WebhookEvent;
import com.lattestream.core.webhook.WebhookPayload;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.modulith.events.IncompleteEventPublications;
import org.springframework.modulith.events.core.EventPublicationRepository;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Webhooks through a real port, to the listeners of application modules. */
class WebhookModuleListenerTests {

    private static final String SECRET = "lsk_test_of_module_listeners";

    private ConfigurableApplicationContext application;

    private Calls listeners;

    @BeforeEach
    void start() {
        application = new SpringApplicationBuilder(Application.class)
                .run(
                        "--spring.main.banner-mode=off",
                        "--server.port=0",
                        "--lattestream.secret=" + SECRET,
                        "--spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
                        "--spring.modulith.events.jdbc.schema-initialization.enabled=true");
        listeners = application.getBean(Calls.class);
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private int deliver(String body) throws Exception {
        int port = ((WebServerApplicationContext) application).getWebServer().getPort();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/webhooks/lattestream"))
                .header(
                        "X-LatteStream-Signature",
                        new WebhookSigner(SECRET).sign(body.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static String joined(String user) {
        return "{\"time_ms\":" + System.currentTimeMillis()
                + ",\"events\":[{\"name\":\"member_added\",\"channel\":\"presence-lobby\",\"user_id\":\"" + user
                + "\"}]}";
    }

    private int incomplete() {
        return application
                .getBean(EventPublicationRepository.class)
                .findIncompletePublications()
                .size();
    }

    @Test
    void aModuleListenerReceivesTheEventInATransactionOfItsOwnAndTheRegistryCompletesIt() throws Exception {
        assertThat(deliver(joined("alice"))).isEqualTo(204);

        await().untilAsserted(() -> assertThat(listeners.received)
                .containsExactly(new WebhookEvent.MemberAdded("presence-lobby", "alice")));
        await().untilAsserted(() -> assertThat(incomplete()).isZero());
        assertThat(listeners.transactions).hasSize(1).allMatch(name -> name.contains("Listeners"));
    }

    @Test
    void aModuleListenerThatFailsIsRepeatedFromTheRegistry() throws Exception {
        listeners.moduleFails = true;

        assertThat(deliver(joined("alice"))).isEqualTo(204);
        await().untilAsserted(() -> assertThat(listeners.transactions).hasSize(1));
        assertThat(incomplete()).isEqualTo(1);

        listeners.moduleFails = false;
        application.getBean(IncompleteEventPublications.class).resubmitIncompletePublications(publication -> true);

        await().untilAsserted(() -> assertThat(listeners.received)
                .containsExactly(new WebhookEvent.MemberAdded("presence-lobby", "alice")));
        await().untilAsserted(() -> assertThat(incomplete()).isZero());
    }

    @Test
    void afterARollbackTheRegistryHasNothingAndTheRedeliveryIsPublishedAgain() throws Exception {
        listeners.payloadFails = true;
        String body = joined("alice");

        assertThat(deliver(body)).isEqualTo(500);
        assertThat(incomplete()).isZero();
        assertThat(listeners.transactions).isEmpty();

        listeners.payloadFails = false;
        assertThat(deliver(body)).isEqualTo(204);
        await().untilAsserted(() -> assertThat(listeners.received).hasSize(1));
    }

    // without a stereotype, so that the application's scan of this package does not find it
    @EnableAutoConfiguration
    @Import({Calls.class, Listeners.class})
    static class Application {}

    /** Apart from the listeners, whose proxy has no fields of its own. */
    static class Calls {

        final List<WebhookEvent> received = new CopyOnWriteArrayList<>();

        final List<String> transactions = new CopyOnWriteArrayList<>();

        volatile boolean moduleFails;

        volatile boolean payloadFails;
    }

    static class Listeners {

        private final Calls calls;

        Listeners(Calls calls) {
            this.calls = calls;
        }

        @ApplicationModuleListener
        void on(WebhookEvent.MemberAdded event) {
            calls.transactions.add(String.valueOf(TransactionSynchronizationManager.getCurrentTransactionName()));
            if (calls.moduleFails) {
                throw new IllegalStateException("of the module");
            }
            calls.received.add(event);
        }

        @EventListener
        void on(WebhookPayload payload) {
            if (calls.payloadFails) {
                throw new IllegalStateException("of the listener");
            }
        }
    }
}
