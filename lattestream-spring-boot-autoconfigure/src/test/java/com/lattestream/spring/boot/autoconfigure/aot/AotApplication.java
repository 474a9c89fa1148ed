package com.lattestream.spring.boot.autoconfigure.aot;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.spring.PlainPasswords;
import com.lattestream.spring.auth.ChannelAuthorizer;
import com.lattestream.spring.boot.autoconfigure.LatteStreamProperties;
import com.lattestream.spring.broadcast.Broadcast;
import com.lattestream.test.EmbeddedLatteStreamServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Base64;
import java.util.stream.Stream;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** An application with a login, authorizers, broadcasts and Actuator. */
@SpringBootApplication(proxyBeanMethods = false)
public class AotApplication {

    /** Starts the application. */
    public static void main(String[] arguments) {
        SpringApplication.run(AotApplication.class, arguments);
    }

    /** Starts the application, uses everything, and returns the results. */
    public static String probe(String... arguments) throws IOException, InterruptedException {
        String[] all = Stream.concat(Stream.of(arguments), Stream.of("--server.port=0"))
                .toArray(String[]::new);
        // there is one factory for a JVM, and the Tomcat of another class loader may have set it
        TomcatURLStreamHandlerFactory.disable();
        SpringApplication application = new SpringApplication(AotApplication.class);
        application.setMainApplicationClass(AotApplication.class);
        try (ConfigurableApplicationContext context = application.run(all)) {
            context.getBean(LatteStreamTemplate.class)
                    .trigger("orders", "placed", 7)
                    .join();
            context.publishEvent(new OrderShipped(7));
            LatteStreamClient client = context.getBean(LatteStreamClient.class);
            client.flushBatch().join();
            EmbeddedLatteStreamServer engine =
                    context.getBeanProvider(EmbeddedLatteStreamServer.class).getIfAvailable();
            String port = context.getEnvironment().getProperty("local.server.port");
            return "aot=" + AotDetector.useGeneratedArtifacts() + " mode="
                    + context.getBean(LatteStreamProperties.class).mode() + " client="
                    + client.getClass().getSimpleName() + " delivered="
                    + client.statistics().delivered() + " engine="
                    + (engine == null ? "none" : engine.events().size()) + " own=" + authorize(port, 5) + " foreign="
                    + authorize(port, 6) + " health="
                    + send(HttpRequest.newBuilder(uri(port, "/actuator/health")))
                            .statusCode();
        }
    }

    private static int authorize(String port, int orderId) throws IOException, InterruptedException {
        HttpResponse<String> response = send(HttpRequest.newBuilder(uri(port, "/auth"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"socket_id\":\"1.2\",\"channel_name\":\"private-order-" + orderId + "\"}")));
        if (response.statusCode() == 200 && !response.body().startsWith("{\"auth\":\"")) {
            throw new AssertionError(response.body());
        }
        return response.statusCode();
    }

    private static URI uri(String port, String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        String login = Base64.getEncoder().encodeToString("alice:secret".getBytes(StandardCharsets.UTF_8));
        return HttpClient.newHttpClient()
                .send(request.header("Authorization", "Basic " + login).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .httpBasic(Customizer.withDefaults())
                .csrf(csrf -> csrf.disable())
                .build();
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return new PlainPasswords();
    }

    @Bean
    InMemoryUserDetailsManager users() {
        return new InMemoryUserDetailsManager(
                User.withUsername("alice").password("secret").build());
    }

    @Bean
    OrderChannels orderChannels() {
        return new OrderChannels();
    }

    /** Has an authorizer. */
    static class OrderChannels {

        @ChannelAuthorizer("private-order-{orderId}")
        boolean mayFollow(Principal user, long orderId) {
            return orderId == user.getName().length();
        }
    }

    @Broadcast(channel = "orders", event = "shipped", conflateBy = "{orderId}", expireAfter = "1m")
    record OrderShipped(long orderId) {}
}
