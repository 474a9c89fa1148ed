package com.lattestream.spring.boot.autoconfigure.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.spring.ReactiveLatteStreamTemplate;
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
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;

/** From a browser's request over a WebFlux application to the other browsers. */
class WebFluxToOthersTests {

    @Test
    void allSubscribersReceiveTheEventExceptTheSender() throws Exception {
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.REACTIVE)
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
                application
                        .getBean(ReactiveLatteStreamTemplate.class)
                        .trigger("room", "end", 1)
                        .block(Duration.ofSeconds(10));
                sender.awaitEvent("room", "end");
                assertThat(sender.unreadEvents()).isEmpty();
                assertThat(engine.events())
                        .first()
                        .extracting(ReceivedEvent::excludedSocketId)
                        .isEqualTo(sender.socketId());
            }
        }
    }

    record Message(String text) {}

    static class Messages {

        @Broadcast(channel = "room", event = "message", toOthers = true)
        Mono<Message> post(String text) {
            return Mono.just(new Message(text));
        }
    }

    @RestController
    static class Controller {

        private final Messages messages;

        Controller(Messages messages) {
            this.messages = messages;
        }

        @PostMapping("/messages")
        Mono<Void> post() {
            return messages.post("Hello").then();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableWebFlux
    @Import({Controller.class, Messages.class})
    static class Application {

        @Bean
        HttpHandler httpHandler(ApplicationContext context) {
            return WebHttpHandlerBuilder.applicationContext(context).build();
        }

        @Bean
        SecurityWebFilterChain open(ServerHttpSecurity http) {
            return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                    .authorizeExchange(exchanges -> exchanges.anyExchange().permitAll())
                    .build();
        }
    }
}
