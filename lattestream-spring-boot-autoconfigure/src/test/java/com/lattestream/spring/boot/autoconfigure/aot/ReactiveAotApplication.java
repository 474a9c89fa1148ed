package com.lattestream.spring.boot.autoconfigure.aot;

import com.lattestream.core.crypto.WebhookSigner;
import com.lattestream.core.webhook.WebhookEvent;
import com.lattestream.core.webhook.WebhookPayload;
import com.lattestream.spring.boot.autoconfigure.webhook.LatteStreamReactiveWebhookAutoConfiguration;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** An application on Spring WebFlux that receives webhooks, and is processed ahead of time. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        excludeName =
                "org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration")
public class ReactiveAotApplication {

    /** Starts the application. */
    public static void main(String[] arguments) {
        SpringApplication.run(ReactiveAotApplication.class, arguments);
    }

    /** Starts the application, sends it a webhook, and returns what became of it. */
    public static String probe(String... arguments) throws Exception {
        try (ConfigurableApplicationContext context = SpringApplication.run(ReactiveAotApplication.class, arguments)) {
            byte[] body = ("{\"time_ms\":" + System.currentTimeMillis()
                            + ",\"events\":[{\"name\":\"channel_occupied\",\"channel\":\"chat\"}]}")
                    .getBytes(StandardCharsets.UTF_8);
            URI uri = URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port")
                    + "/webhooks/lattestream");
            HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body));
            HttpClient http = HttpClient.newHttpClient();
            HttpResponse<String> forged = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            HttpResponse<String> signed = http.send(
                    request.header("X-LatteStream-Signature", new WebhookSigner("lsk_test").sign(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return "aot=" + AotDetector.useGeneratedArtifacts() + " forged=" + forged.statusCode() + " signed="
                    + signed.body() + " heard=" + context.getBean(Listener.class).heard + " configurations="
                    + context.getBeansOfType(LatteStreamReactiveWebhookAutoConfiguration.class)
                            .size();
        }
    }

    @Bean
    Listener listener() {
        return new Listener();
    }

    @Bean
    Controller controller() {
        return new Controller();
    }

    /** Listens, and has the response wait. */
    static class Listener {

        private final List<String> heard = new CopyOnWriteArrayList<>();

        @EventListener
        Mono<Void> on(WebhookEvent.ChannelOccupied event) {
            return Mono.fromRunnable(() -> heard.add(event.channel()));
        }
    }

    /** Answers. */
    @RestController
    static class Controller {

        @PostMapping("/webhooks/lattestream")
        Mono<String> webhook(@RequestBody Mono<WebhookPayload> payload) {
            return payload.map(read -> "handled " + read.events().size());
        }
    }
}
