package com.lattestream.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamTemplate;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

class GracefulShutdownTests {

    @Test
    void anEventOfTheLastRequestReachesTheService() throws Exception {
        try (StubService service = StubService.start()) {
            ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                    .bannerMode(Banner.Mode.OFF)
                    .run(
                            "--server.port=0",
                            "--server.shutdown=graceful",
                            "--lattestream.secret=lsk_test_of_the_shutdown",
                            "--lattestream.endpoint=" + service.endpoint(),
                            "--lattestream.use-tls=false",
                            "--lattestream.batching.interval=1h");
            LastRequest last = context.getBean(LastRequest.class);
            CompletableFuture<HttpResponse<Void>> response = post(context);
            assertThat(last.begun.await(10, TimeUnit.SECONDS)).isTrue();

            context.close();

            assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            assertThat(service.requests())
                    .singleElement()
                    .extracting(StubService.Request::body)
                    .asString()
                    .contains("of the last request");
        }
    }

    private static CompletableFuture<HttpResponse<Void>> post(ConfigurableApplicationContext context) {
        int port = ((WebServerApplicationContext) context).getWebServer().getPort();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/messages"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.discarding());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(LastRequest.class)
    static class Application {

        // access control is not the subject of this test
        @Bean
        SecurityFilterChain permitAllRequests(HttpSecurity http) {
            return http.csrf(CsrfConfigurer::disable)
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }
    }

    /** A request that is still being processed while the application shuts down. */
    @RestController
    static class LastRequest {

        private final CountDownLatch begun = new CountDownLatch(1);

        private final CountDownLatch shuttingDown = new CountDownLatch(1);

        private final LatteStreamTemplate template;

        LastRequest(LatteStreamTemplate template) {
            this.template = template;
        }

        @PostMapping("/messages")
        void post(HttpServletResponse response) throws InterruptedException, IOException {
            begun.countDown();
            assertThat(shuttingDown.await(10, TimeUnit.SECONDS)).isTrue();
            template.trigger("chat", "message", "of the last request");
            // the server waits for handlers, but not for the events that they have queued
            response.setContentLength(0);
            response.flushBuffer();
        }

        @EventListener
        void on(ContextClosedEvent event) {
            shuttingDown.countDown();
        }
    }
}
