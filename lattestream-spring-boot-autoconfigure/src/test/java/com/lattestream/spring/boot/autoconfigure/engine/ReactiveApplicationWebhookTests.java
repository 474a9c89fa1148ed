package com.lattestream.spring.boot.autoconfigure.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.webhook.WebhookEvent;
import com.lattestream.test.EmbeddedLatteStreamServer;
import com.lattestream.test.TestSubscriber;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

/** Webhooks of a local engine to an application on Spring WebFlux. */
class ReactiveApplicationWebhookTests {

    @ParameterizedTest
    @ValueSource(strings = {"", "/base"})
    void theEngineSendsWebhooksToTheApplication(String basePath) {
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
                        .bannerMode(Banner.Mode.OFF)
                        .run(
                                "--spring.main.web-application-type=reactive",
                                "--server.port=0",
                                "--spring.webflux.base-path=" + basePath,
                                "--server.servlet.context-path=/ignored",
                                "--lattestream.engine.enabled=true");
                TestSubscriber subscriber =
                        TestSubscriber.connect(application.getBean(EmbeddedLatteStreamServer.class))) {
            Listener listener = application.getBean(Listener.class);

            subscriber.subscribe("news");

            await().untilAsserted(
                            () -> assertThat(listener.received).contains(new WebhookEvent.ChannelOccupied("news")));
            assertThat(application.getBean(EmbeddedLatteStreamServer.class).webhookUrl())
                    .hasValue("http://localhost:"
                            + application.getEnvironment().getProperty("local.server.port") + basePath
                            + "/webhooks/lattestream");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Listener.class)
    static class Application {}

    static class Listener {

        final List<WebhookEvent> received = new CopyOnWriteArrayList<>();

        @EventListener
        void on(WebhookEvent event) {
            received.add(event);
        }
    }
}
