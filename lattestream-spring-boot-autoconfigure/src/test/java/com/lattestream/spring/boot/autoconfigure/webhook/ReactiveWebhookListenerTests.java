package com.lattestream.spring.boot.autoconfigure.webhook;

import static com.lattestream.spring.boot.autoconfigure.webhook.RawHttp.PATH;
import static com.lattestream.spring.boot.autoconfigure.webhook.RawHttp.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.webhook.WebhookEvent;
import com.lattestream.core.webhook.WebhookPayload;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Listeners of webhooks on Spring WebFlux: those that block, and those that return a publisher. */
class ReactiveWebhookListenerTests {

    private @Nullable ConfigurableApplicationContext application;

    @AfterEach
    void stop() {
        application.close();
    }

    private void start(Stack stack, Class<?>... listeners) {
        start(stack, List.of(), listeners);
    }

    private void start(Stack stack, List<String> properties, Class<?>... listeners) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.tomcat.threads.max=2",
                "--lattestream.secret=" + SECRET,
                "--lattestream.use-tls=false"));
        arguments.addAll(properties);
        List<Class<?>> all = new ArrayList<>(List.of(listeners));
        all.add(Application.class);
        application = new SpringApplicationBuilder(all.toArray(Class<?>[]::new))
                .bannerMode(Banner.Mode.OFF)
                .run(stack.arguments(arguments.toArray(String[]::new)));
    }

    private int deliver(byte[] body) throws IOException {
        return RawHttp.post(RawHttp.port(application), PATH, body, RawHttp.sign(body))
                .status();
    }

    private CompletableFuture<Integer> deliverLater(byte[] body) {
        // a thread for each, because the common pool may have a single one
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return deliver(body);
                    } catch (IOException ex) {
                        throw new IllegalStateException(ex);
                    }
                },
                task -> new Thread(task).start());
    }

    // as many as Netty has threads on a small machine, so that listeners that occupied them would be noticed
    @Test
    void listenersMayBlockAndOtherRequestsAreProcessedMeanwhile() throws Exception {
        start(Stack.REACTIVE, Blocking.class);
        Blocking listener = application.getBean(Blocking.class);
        List<CompletableFuture<Integer>> deliveries = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            deliveries.add(deliverLater(RawHttp.webhook()));
        }
        assertThat(listener.begun.await(20, TimeUnit.SECONDS)).isTrue();

        try (Socket socket = RawHttp.open(RawHttp.port(application))) {
            socket.getOutputStream()
                    .write("GET /other HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(RawHttp.read(socket).body()).isEqualTo("other");
        }
        assertThat(deliveries).noneMatch(CompletableFuture::isDone);
        listener.mayEnd.countDown();

        assertThat(deliveries)
                .allSatisfy(delivery ->
                        assertThat(delivery.get(20, TimeUnit.SECONDS)).isEqualTo(204));
        assertThat(listener.threads).hasSize(4).allMatch(thread -> thread.startsWith("boundedElastic"));
    }

    // one unverified body at a time, and more webhooks than the scheduler has threads
    @Test
    void verifiedWebhooksWaitForAThreadInsteadOfBeingRejected() throws Exception {
        start(Stack.REACTIVE, List.of("--lattestream.webhook.max-unverified-bodies=1"), Blocking.class);
        Blocking listener = application.getBean(Blocking.class);
        List<CompletableFuture<Integer>> deliveries = new ArrayList<>();
        for (int i = 0; i < Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE + 10; i++) {
            deliveries.add(deliverLater(RawHttp.webhook()));
            int sent = i + 1;
            await().until(() -> listener.threads.size() >= Math.min(sent, Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE));
        }
        // a forged webhook occupies no thread, so it is rejected while all threads are in use
        byte[] forged = RawHttp.webhook();
        assertThat(RawHttp.post(RawHttp.port(application), PATH, forged, RawHttp.sign(RawHttp.webhook()))
                        .status())
                .isEqualTo(401);

        assertThat(deliveries).noneMatch(CompletableFuture::isDone);
        listener.mayEnd.countDown();

        assertThat(deliveries)
                .allSatisfy(delivery ->
                        assertThat(delivery.get(20, TimeUnit.SECONDS)).isEqualTo(204));
    }

    @Test
    void theBodiesOfVerifiedWebhooksThatWaitForAThreadAreBounded() throws Exception {
        start(Stack.REACTIVE, Blocking.class);
        Blocking listener = application.getBean(Blocking.class);
        List<CompletableFuture<Integer>> deliveries = new ArrayList<>();
        for (int i = 0; i < Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE; i++) {
            deliveries.add(deliverLater(RawHttp.webhook()));
        }
        await().until(() -> listener.threads.size() == Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE);

        String padding = " ".repeat(60 * 1024);
        for (int i = 0; i < 150; i++) {
            byte[] large =
                    (new String(RawHttp.webhook(), StandardCharsets.UTF_8) + padding).getBytes(StandardCharsets.UTF_8);
            deliveries.add(deliverLater(large));
        }
        await().until(() -> deliveries.stream().anyMatch(CompletableFuture::isDone));
        listener.mayEnd.countDown();

        List<Integer> statuses = new ArrayList<>();
        for (CompletableFuture<Integer> delivery : deliveries) {
            statuses.add(delivery.get(20, TimeUnit.SECONDS));
        }
        assertThat(statuses).containsOnly(204, 503);
        assertThat(statuses.stream().filter(status -> status == 204).count()).isGreaterThan(100);
    }

    static class Blocking {

        final CountDownLatch begun = new CountDownLatch(4);

        final CountDownLatch mayEnd = new CountDownLatch(1);

        final List<String> threads = new CopyOnWriteArrayList<>();

        @EventListener
        void on(WebhookEvent event) throws InterruptedException {
            threads.add(Thread.currentThread().getName());
            begun.countDown();
            assertThat(mayEnd.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aClientThatGoesAwayDoesNotInterruptListeners() throws Exception {
        start(Stack.REACTIVE, Patient.class);
        Patient listener = application.getBean(Patient.class);
        byte[] body = RawHttp.webhook();
        try (Socket socket = RawHttp.open(RawHttp.port(application))) {
            socket.getOutputStream().write(RawHttp.head(PATH, body.length, RawHttp.sign(body)));
            socket.getOutputStream().write(body);
            assertThat(listener.begun.await(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(deliver(body)).as("while it is dispatched").isEqualTo(503);
        listener.mayEnd.countDown();

        await().untilAsserted(() -> assertThat(deliver(body)).isEqualTo(200));
        assertThat(listener.ended).hasValue(1);
    }

    static class Patient {

        final CountDownLatch begun = new CountDownLatch(1);

        final CountDownLatch mayEnd = new CountDownLatch(1);

        final AtomicInteger ended = new AtomicInteger();

        @EventListener
        void on(WebhookEvent event) throws InterruptedException {
            begun.countDown();
            assertThat(mayEnd.await(20, TimeUnit.SECONDS)).isTrue();
            ended.incrementAndGet();
        }
    }

    @ParameterizedTest
    @EnumSource(Stack.class)
    void theResponseWaitsForAListenerThatReturnsAMono(Stack stack) throws Exception {
        start(stack, Later.class);
        Later listener = application.getBean(Later.class);

        CompletableFuture<Integer> delivery = deliverLater(RawHttp.webhook());

        assertThat(listener.subscribed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(delivery).isNotDone();
        listener.end.tryEmitEmpty();
        assertThat(delivery.get(20, TimeUnit.SECONDS)).isEqualTo(204);
    }

    static class Later {

        final CountDownLatch subscribed = new CountDownLatch(1);

        final Sinks.Empty<Void> end = Sinks.empty();

        @EventListener
        Mono<Void> on(WebhookEvent event) {
            return end.asMono().doOnSubscribe(subscription -> subscribed.countDown());
        }
    }

    @ParameterizedTest
    @EnumSource(Stack.class)
    void theFailureOfAMonoLeadsToARedeliveryToAllListeners(Stack stack) throws Exception {
        start(stack, Failing.class);
        Failing listener = application.getBean(Failing.class);
        byte[] body = RawHttp.webhook();

        assertThat(deliver(body)).isEqualTo(500);
        assertThat(listener.received).as("listeners after the failed one").isEmpty();
        assertThat(deliver(body)).isEqualTo(204);
        assertThat(listener.received).containsExactly("event", "payload of 1");
    }

    static class Failing {

        final List<String> received = new CopyOnWriteArrayList<>();

        private final AtomicInteger calls = new AtomicInteger();

        @Order(1)
        @EventListener
        Mono<Void> fails(WebhookEvent.ChannelOccupied event) {
            return Mono.delay(Duration.ofMillis(50), Schedulers.parallel())
                    .flatMap(tick -> calls.getAndIncrement() == 0
                            ? Mono.error(new IllegalStateException("once"))
                            : Mono.empty());
        }

        @Order(2)
        @EventListener
        void on(WebhookEvent event) {
            received.add("event");
        }

        @EventListener(WebhookPayload.class)
        Flux<Void> whole(Object payload) {
            return Flux.<Void>empty()
                    .doOnComplete(() -> received.add(
                            "payload of " + ((WebhookPayload) payload).events().size()));
        }
    }

    @Test
    void elementsOfAPublisherArePublishedBeforeTheResponse() throws Exception {
        start(Stack.REACTIVE, Emitting.class);

        assertThat(deliver(RawHttp.webhook())).isEqualTo(204);
        assertThat(application.getBean(Emitting.class).received).containsExactly("first chat", "second chat");
    }

    static class Emitting {

        final List<String> received = new CopyOnWriteArrayList<>();

        @EventListener
        Flux<Derived> on(WebhookEvent.ChannelOccupied event) {
            return Flux.just(new Derived("first " + event.channel()), new Derived("second " + event.channel()))
                    .delayElements(Duration.ofMillis(10));
        }

        @EventListener
        void derived(Derived event) {
            received.add(event.text());
        }

        record Derived(String text) {}
    }

    @Test
    void aWebhookIsOneTransaction() throws Exception {
        start(Stack.REACTIVE, Transactional.class);
        Transactional listener = application.getBean(Transactional.class);
        JdbcTemplate jdbc = application.getBean(JdbcTemplate.class);
        byte[] body = RawHttp.webhook();

        assertThat(deliver(body)).isEqualTo(500);
        assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM stored", Integer.class))
                .isZero();
        assertThat(listener.committed).isEmpty();

        assertThat(deliver(body)).isEqualTo(204);
        assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM stored", Integer.class))
                .isEqualTo(1);
        assertThat(listener.committed).containsExactly(new WebhookEvent.ChannelOccupied("chat"));
    }

    @EnableTransactionManagement(proxyTargetClass = true)
    @Configuration(proxyBeanMethods = false)
    static class Transactional {

        final List<WebhookEvent> committed = new CopyOnWriteArrayList<>();

        private boolean failed;

        @Bean
        DataSource dataSource() {
            return new EmbeddedDatabaseBuilder()
                    .generateUniqueName(true)
                    .setType(EmbeddedDatabaseType.H2)
                    .build();
        }

        @Bean
        JdbcTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        JdbcTemplate jdbc(DataSource dataSource) {
            JdbcTemplate jdbc = new JdbcTemplate(dataSource);
            jdbc.execute("CREATE TABLE stored (channel VARCHAR(100))");
            return jdbc;
        }

        @Bean
        Store store(JdbcTemplate jdbc) {
            return new Store(jdbc);
        }

        @TransactionalEventListener
        public void committed(WebhookEvent event) {
            committed.add(event);
        }

        @EventListener
        public void failsOnce(WebhookPayload payload) {
            if (!failed) {
                failed = true;
                throw new IllegalStateException("once");
            }
        }
    }

    static class Store {

        private final JdbcTemplate jdbc;

        Store(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @EventListener
        void on(WebhookEvent.ChannelOccupied event) {
            jdbc.update("INSERT INTO stored VALUES (?)", event.channel());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Stack.Open.class)
    static class Application {

        @RestController
        static class Other {

            @GetMapping("/other")
            String other() {
                return "other";
            }
        }
    }
}
