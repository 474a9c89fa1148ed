package com.lattestream.asyncapi.application;

import com.lattestream.core.PresenceMember;
import com.lattestream.spring.ChannelEvent;
import com.lattestream.spring.auth.ChannelAuthorizer;
import com.lattestream.spring.broadcast.Broadcast;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

@SpringBootApplication
public class Application {

    /** Starts the application. */
    public static void main(String[] arguments) {
        SpringApplication.run(Application.class, arguments);
    }

    /** Starts the application as it was processed ahead of time, and returns the response of its endpoint. */
    public static String document(String... arguments) throws IOException, InterruptedException {
        if (!AotDetector.useGeneratedArtifacts()) {
            throw new IllegalStateException("The application was not processed");
        }
        // there is one factory for a JVM, and the Tomcat of another class loader may have set it
        TomcatURLStreamHandlerFactory.disable();
        SpringApplication application = new SpringApplication(Application.class);
        application.setMainApplicationClass(Application.class);
        try (ConfigurableApplicationContext context = application.run(arguments)) {
            URI uri = URI.create("http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port")
                    + "/actuator/asyncapi");
            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        }
    }

    @Broadcast(channel = "private-order-{orderId}", event = "shipped")
    record OrderShipped(
            long orderId, String carrier, @Nullable String note) {}

    @Broadcast(
            channel = {"private-order-{order.id}", "private-customer-{order.customer}"},
            event = "placed",
            payload = "order")
    record OrderPlaced(Order order) {}

    record Order(long id, String customer, List<Line> lines) {}

    record Line(String article, int quantity) {}

    @Broadcast(channel = "status-#{region.toLowerCase()}-{state}", event = "{state}-changed")
    record StatusChanged(String region, State state) {}

    @Broadcast(channel = "{topic}", event = "posted")
    record Posted(String topic) {}

    enum State {
        UP,
        DOWN
    }

    @Broadcast(channel = "jobs")
    sealed interface JobEvent {}

    @Broadcast(channel = "tasks")
    abstract static class TaskEvent {}

    static class TaskStarted extends TaskEvent {

        public int getTask() {
            return 1;
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Broadcast(channel = "audit", event = "recorded")
    @interface Audited {}

    @Audited
    record Recorded(String text) {}

    @Broadcast(channel = "orders", event = "eu.placed")
    record PlacedInEurope(String text) {}

    @Broadcast(channel = "orders.eu", event = "placed")
    record PlacedOnChannelOfEurope(String text) {}

    record JobStarted(String job) implements JobEvent {}

    record JobFinished(String job, int seconds) implements JobEvent {}

    @Broadcast(channel = "news", event = "news")
    record Headline(String title) {}

    @Broadcast(channel = "news", event = "news")
    record Article(String title, String body) {}

    @ChannelEvent(channel = "prices-{symbol}", event = "price")
    record Price(BigDecimal bid, BigDecimal ask) {}

    @ChannelEvent(channel = "presence-room-{room}", event = "client-typing")
    @ChannelEvent(channel = "presence-room-{room}", event = "client-stopped")
    record Typing(String name) {}

    @Component
    @ChannelEvent(channel = "prices-{ticker}", event = "closed", payload = String.class)
    static class Triggers {

        @Broadcast(channel = "private-order-{id}", event = "changed")
        public Optional<Order> change() {
            return Optional.empty();
        }

        @Broadcast(channel = "private-order-{id}", event = "placed")
        public Order place() {
            return new Order(1, "customer", List.of());
        }

        @Broadcast(channel = "results")
        public JobEvent run() {
            return new JobStarted("job");
        }

        @Broadcast(channel = "invoices", event = "created")
        public Mono<Envelope<Line>> invoice() {
            return Mono.empty();
        }
    }

    record Envelope<T>(T body) {}

    @Component
    static class Authorizers {

        @ChannelAuthorizer("private-order-{number}")
        boolean mayFollow(Principal user, long number) {
            return false;
        }

        @ChannelAuthorizer("presence-lobby")
        PresenceMember mayEnter(Principal user) {
            return PresenceMember.of(user.getName());
        }
    }
}
