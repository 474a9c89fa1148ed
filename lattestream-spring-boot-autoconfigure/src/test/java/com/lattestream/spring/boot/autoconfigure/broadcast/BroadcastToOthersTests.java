package com.lattestream.spring.boot.autoconfigure.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.spring.broadcast.Broadcast;
import com.lattestream.test.EmbeddedLatteStreamServer;
import com.lattestream.test.ReceivedEvent;
import com.lattestream.test.TestSubscriber;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** From a browser's request over the application to the other browsers. */
class BroadcastToOthersTests {

    @Test
    void allSubscribersExceptTheSenderReceiveTheEvent() throws Exception {
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
                .bannerMode(Banner.Mode.OFF)
                .run("--server.port=0", "--lattestream.engine.enabled=true")) {
            EmbeddedLatteStreamServer engine = application.getBean(EmbeddedLatteStreamServer.class);
            try (TestSubscriber sender = TestSubscriber.connect(engine);
                    TestSubscriber other = TestSubscriber.connect(engine)) {
                sender.subscribe("room");
                other.subscribe("room");
                HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:"
                                + application.getEnvironment().getProperty("local.server.port") + "/messages"))
                        .timeout(Duration.ofSeconds(10))
                        .header("X-Socket-ID", sender.socketId())
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build();

                assertThat(HttpClient.newHttpClient()
                                .send(request, BodyHandlers.discarding())
                                .statusCode())
                        .isEqualTo(200);

                other.awaitEvent("room", "message");
                application.getBean(LatteStreamTemplate.class).trigger("room", "end", 1);
                sender.awaitEvent("room", "end");
                assertThat(sender.unreadEvents()).isEmpty();
                assertThat(engine.events())
                        .first()
                        .extracting(ReceivedEvent::excludedSocketId)
                        .isEqualTo(sender.socketId());
            }
        }
    }

    @Broadcast(channel = "room", event = "message", toOthers = true)
    record Message(String text) {}

    @RestController
    static class Messages {

        private final ApplicationEventPublisher events;

        Messages(ApplicationEventPublisher events) {
            this.events = events;
        }

        @PostMapping("/messages")
        void post() {
            events.publishEvent(new Message("Hello"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Messages.class)
    static class Application {

        @Bean
        SecurityFilterChain open(HttpSecurity http) {
            return http.csrf(CsrfConfigurer::disable).build();
        }
    }
}
