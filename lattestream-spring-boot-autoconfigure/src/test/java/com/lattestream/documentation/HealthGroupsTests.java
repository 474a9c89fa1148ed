package com.lattestream.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.spring.boot.autoconfigure.StubService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The health of an application during an outage, with the configuration that the documentation recommends. */
class HealthGroupsTests {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void anOutageIsDownWithinTenSecondsButInstancesStayReady() throws Exception {
        try (StubService service = StubService.start();
                ConfigurableApplicationContext application = start(service)) {
            LatteStreamTemplate template = application.getBean(LatteStreamTemplate.class);
            template.trigger("chat", "message", 1).join();
            assertThat(status(application, "/actuator/health")).isEqualTo(200);

            service.respondingWith(exchange ->
                    StubService.respond(exchange, exchange.getRequestMethod().equals("GET") ? 200 : 503));
            template.trigger("chat", "message", 2);
            LatteStreamClient client = application.getBean(LatteStreamClient.class);
            await().until(() -> client.statistics().lastFailure() != null);
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                // the success of another kind of requests hides nothing
                client.ping().join();
                return status(application, "/actuator/health") == 503;
            });

            assertThat(status(application, "/actuator/health/readiness")).isEqualTo(200);
            assertThat(status(application, "/actuator/health/liveness")).isEqualTo(200);
            JsonNode health = JsonMapper.shared()
                    .readTree(get(application, "/actuator/health/lattestream").body());
            assertThat(health.path("status").asString()).isEqualTo("DOWN");
            assertThat(health.path("details").path("reason").asString()).contains("'events'", "status 503");
            assertThat(health.path("details").path("queuedEvents").asInt()).isEqualTo(1);
            assertThat(health.path("details").has("lastSuccess")).isTrue();

            service.respondingWith(exchange -> StubService.respond(exchange, 200));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(status(application, "/actuator/health")).isEqualTo(200));
        }
    }

    private static ConfigurableApplicationContext start(StubService service) throws IOException {
        String recommended = CodeBlocks.of(Path.of("../docs/operations.md"), "properties").stream()
                .filter(block -> block.contains("health.probes.enabled"))
                .findFirst()
                .orElseThrow();
        return new SpringApplicationBuilder(Application.class)
                .bannerMode(Banner.Mode.OFF)
                .properties(recommended.lines().toArray(String[]::new))
                .run(
                        "--server.port=0",
                        "--management.endpoint.health.show-details=always",
                        // those of other libraries on the classpath of the tests
                        "--management.health.defaults.enabled=false",
                        "--management.health.livenessstate.enabled=true",
                        "--management.health.readinessstate.enabled=true",
                        "--management.health.lattestream.enabled=true",
                        "--lattestream.secret=lsk_test_of_health_groups",
                        "--lattestream.endpoint=" + service.endpoint(),
                        "--lattestream.use-tls=false",
                        // an open circuit breaker would be DOWN anyway
                        "--lattestream.circuit-breaker.enabled=false",
                        "--lattestream.retry.max-retries=100",
                        "--lattestream.retry.max-delay=2s");
    }

    private static int status(ConfigurableApplicationContext application, String path)
            throws IOException, InterruptedException {
        return get(application, path).statusCode();
    }

    private static HttpResponse<String> get(ConfigurableApplicationContext application, String path)
            throws IOException, InterruptedException {
        int port = ((WebServerApplicationContext) application).getWebServer().getPort();
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        SecurityFilterChain permitAll(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }
    }
}
