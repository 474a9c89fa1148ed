package com.lattestream.spring.boot.autoconfigure.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.lattestream.core.crypto.WebhookSigner;
import com.lattestream.core.webhook.WebhookEvent;
import com.lattestream.core.webhook.WebhookPayload;
import com.lattestream.spring.RedisServer;
import com.lattestream.spring.RequestsInFlight;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.csrf.CsrfWebFilter;
import org.springframework.security.web.server.util.matcher.AndServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.NegatedServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Webhooks through a real port, past Spring Security as it is by default, to the application's listeners. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"SERVLET", "SERVLET_ON_JETTY", "REACTIVE"})
class WebhookTests {

    @Parameter
    Stack stack;

    private static final String SECRET = "lsk_test_of_webhooks";

    private static final String PATH = "/webhooks/lattestream";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final AtomicLong numbers = new AtomicLong();

    private final List<ConfigurableApplicationContext> applications = new ArrayList<>();

    @AfterEach
    void stop() {
        applications.forEach(ConfigurableApplicationContext::close);
    }

    private ConfigurableApplicationContext start(Class<?> configuration, String... arguments) {
        List<String> all = new ArrayList<>(List.of(stack.arguments(
                "--server.port=0",
                "--test.management=false",
                "--lattestream.secret=" + SECRET,
                "--lattestream.use-tls=false")));
        all.addAll(List.of(arguments));
        ConfigurableApplicationContext application = new SpringApplicationBuilder(configuration)
                .bannerMode(Banner.Mode.OFF)
                .run(all.toArray(String[]::new));
        applications.add(application);
        return application;
    }

    private static HttpRequest.Builder request(ConfigurableApplicationContext application) {
        return request(application, PATH);
    }

    private static HttpRequest.Builder request(ConfigurableApplicationContext application, String path) {
        int port = ((WebServerApplicationContext) application).getWebServer().getPort();
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Content-Type", "application/json");
    }

    private static HttpRequest.Builder signed(ConfigurableApplicationContext application, String secret, String body) {
        return request(application)
                .header("X-LatteStream-Signature", new WebhookSigner(secret).sign(body.getBytes(UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static int deliver(ConfigurableApplicationContext application, String body)
            throws IOException, InterruptedException {
        return send(signed(application, SECRET, body)).statusCode();
    }

    /** Returns a unique webhook: a number is added to times of the same millisecond. */
    private static String joined(String user, Instant time) {
        return "{\"time_ms\":" + time.toEpochMilli() + ",\"number\":" + numbers.incrementAndGet()
                + ",\"events\":[{\"name\":\"member_added\",\"channel\":\"presence-lobby\",\"user_id\":\"" + user
                + "\"}]}";
    }

    private static Received received(ConfigurableApplicationContext application) {
        return application.getBean(Received.class);
    }

    @Test
    void listenersReceiveEachEventAndTheWholeWebhook() throws Exception {
        ConfigurableApplicationContext application = start(Listening.class);
        Instant now = Instant.now();

        assertThat(deliver(
                        application,
                        "{\"time_ms\":" + now.toEpochMilli() + ",\"events\":["
                                + "{\"name\":\"channel_occupied\",\"channel\":\"chat\"},"
                                + "{\"name\":\"member_added\",\"channel\":\"presence-lobby\",\"user_id\":\"alice\"},"
                                + "{\"name\":\"tide_turned\",\"height\":3}]}"))
                .isEqualTo(204);

        List<WebhookEvent> events = List.of(
                new WebhookEvent.ChannelOccupied("chat"),
                new WebhookEvent.MemberAdded("presence-lobby", "alice"),
                new WebhookEvent.Unknown("tide_turned", "{\"name\":\"tide_turned\",\"height\":3}"));
        assertThat(received(application).events).isEqualTo(events);
        assertThat(received(application).members)
                .containsExactly(new WebhookEvent.MemberAdded("presence-lobby", "alice"));
        assertThat(received(application).payloads)
                .containsExactly(new WebhookPayload(Instant.ofEpochMilli(now.toEpochMilli()), events));
    }

    @Test
    void webhooksWithoutAValidSignatureAreNotDispatched() throws Exception {
        ConfigurableApplicationContext application = start(Listening.class);
        String body = joined("mallory", Instant.now());

        List<HttpRequest.Builder> forged = List.of(
                request(application).POST(HttpRequest.BodyPublishers.ofString(body)),
                request(application)
                        .header("X-LatteStream-Signature", "")
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                signed(application, "lsk_another", body),
                signed(application, SECRET, body).POST(HttpRequest.BodyPublishers.ofString(body + "\n")));
        for (HttpRequest.Builder request : forged) {
            HttpResponse<String> response = send(request);
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.body()).isEmpty();
        }
        HttpResponse<String> get = send(request(application).GET());
        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.headers().firstValue("Allow")).hasValue("POST");
        assertThat(received(application).payloads).isEmpty();
    }

    @Test
    void aSignatureIsOfTheBytesAsTheyWereSent() throws Exception {
        ConfigurableApplicationContext application = start(Listening.class);

        for (String spelling : List.of(
                "{\"time_ms\":%d,\"events\":[{\"name\":\"channel_occupied\",\"channel\":\"chat\"}]}",
                "{ \"time_ms\" : %d , \"events\" : [ { \"name\" : \"channel_occupied\" , \"channel\" : \"chat\" } ] }",
                "{\n  \"time_ms\": %d,\n  \"events\": [{\"name\": \"channel_occupied\", \"channel\": \"chat\"}]\n}",
                "{\r\n\t\"time_ms\":%d,\r\n\t\"events\":[{\"name\":\"channel_occupied\",\"channel\":\"chat\"}]\r\n}",
                "{\"time_ms\":%d,\"events\":[{\"name\":\"channel\\u005foccupied\",\"channel\":\"ch\\u0061t\"}]}",
                "{\"events\":[{\"channel\":\"chat\",\"name\":\"channel_occupied\"}],\"time_ms\":%d}",
                "{\"time_ms\":%d,\"n\":123456789012345678901234567890.5e3,"
                        + "\"events\":[{\"name\":\"channel_occupied\",\"channel\":\"chat\"}]}",
                "{\"time_ms\":0,\"time_ms\":%d,\"events\":[{\"name\":\"channel_occupied\",\"channel\":\"chat\"}]}",
                "{\"time_ms\":%d,\"events\":[{\"name\":\"channel_occupied\",\"channel\":\"chat\"}]}\n",
                "{\"timeMs\":%d,\"events\":[{\"name\":\"channel_occupied\",\"channel\":\"chat\"}]}",
                "{\"time_ms\":%d,\"text\":\"<\\/é😀\",\"events\":[{\"name\":\"channel_occupied\",\"channel\":\"chat\"}]}")) {
            assertThat(deliver(application, spelling.formatted(System.currentTimeMillis())))
                    .as("%s", spelling)
                    .isEqualTo(204);
            assertThat(received(application).events)
                    .as("%s", spelling)
                    .containsExactly(new WebhookEvent.ChannelOccupied("chat"));
            received(application).events.clear();
        }
    }

    @Test
    void anySecretThatIsConfiguredWillDo() throws Exception {
        ConfigurableApplicationContext application =
                start(Listening.class, "--lattestream.webhook.secrets=whsec_old,whsec_new");

        assertThat(send(signed(application, "whsec_old", joined("alice", Instant.now())))
                        .statusCode())
                .isEqualTo(204);
        assertThat(send(signed(application, "whsec_new", joined("alice", Instant.now())))
                        .statusCode())
                .isEqualTo(204);
        assertThat(send(signed(application, SECRET, joined("alice", Instant.now())))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void outdatedAndInvalidWebhooksAreRefused() throws Exception {
        ConfigurableApplicationContext application = start(Listening.class);

        assertThat(deliver(application, joined("alice", Instant.now().minus(Duration.ofMinutes(6)))))
                .isEqualTo(400);
        assertThat(deliver(application, joined("alice", Instant.now().plus(Duration.ofMinutes(6)))))
                .isEqualTo(400);
        assertThat(deliver(application, "no JSON")).isEqualTo(400);
        assertThat(deliver(application, "")).isEqualTo(400);
        assertThat(received(application).payloads).isEmpty();
        assertThat(deliver(application, joined("alice", Instant.now().minus(Duration.ofMinutes(4)))))
                .isEqualTo(204);
    }

    @Test
    void aBodyThatIsTooLongIsNotReadToItsEnd() throws Exception {
        ConfigurableApplicationContext application = start(Listening.class, "--lattestream.webhook.max-body-size=1KB");
        byte[] body = joined("a".repeat(1024), Instant.now()).getBytes(UTF_8);
        HttpRequest.Builder request =
                request(application).header("X-LatteStream-Signature", new WebhookSigner(SECRET).sign(body));

        assertThat(send(request.POST(HttpRequest.BodyPublishers.ofByteArray(body)))
                        .statusCode())
                .isEqualTo(413);
        // in chunks, as its length is not known
        assertThat(send(request.POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))))
                        .statusCode())
                .isEqualTo(413);
        assertThat(received(application).payloads).isEmpty();
    }

    @Test
    void aRedeliveredWebhookIsNotDispatchedAgain() throws Exception {
        ConfigurableApplicationContext application = start(Listening.class);
        String body = joined("alice", Instant.now());

        assertThat(deliver(application, body)).isEqualTo(204);
        assertThat(deliver(application, body)).isEqualTo(200);
        assertThat(received(application).members).hasSize(1);
    }

    @Test
    void aListenerThatFailsHasItDeliveredAgainToAllListeners() throws Exception {
        ConfigurableApplicationContext application = start(Listening.class);
        String body = joined("trouble", Instant.now());

        HttpResponse<String> response = send(signed(application, SECRET, body));
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).isEmpty();
        assertThat(received(application).events)
                .as("listeners after the failed one")
                .isEmpty();
        assertThat(received(application).payloads).isEmpty();

        assertThat(deliver(application, body)).isEqualTo(204);
        assertThat(received(application).events).hasSize(1);
        assertThat(received(application).payloads).hasSize(1);
    }

    @Test
    void aWebhookRedeliveredDuringItsDispatchIsRefusedForNow() throws Exception {
        ConfigurableApplicationContext application = start(Listening.class);
        String body = joined("slow", Instant.now());
        CompletableFuture<HttpResponse<String>> first =
                HTTP.sendAsync(signed(application, SECRET, body).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(received(application).slowBegun.await(10, TimeUnit.SECONDS)).isTrue();

        HttpResponse<String> second = send(signed(application, SECRET, body));

        assertThat(second.statusCode()).isEqualTo(503);
        assertThat(second.headers().firstValue("Retry-After")).hasValue("1");
        received(application).slowMayEnd.countDown();
        assertThat(first.join().statusCode()).isEqualTo(204);
        assertThat(deliver(application, body)).isEqualTo(200);
    }

    @Test
    void aControllerOfTheApplicationReceivesVerifiedWebhooksAndResponds() throws Exception {
        ConfigurableApplicationContext application = start(WithController.class);
        String body = joined("alice", Instant.now());

        HttpResponse<String> response = send(signed(application, SECRET, body));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("received 1");
        assertThat(received(application).members).hasSize(1);
        assertThat(send(signed(application, "lsk_another", joined("bob", Instant.now())))
                        .statusCode())
                .isEqualTo(401);
        assertThat(received(application).members).hasSize(1);

        String refused = joined("refused", Instant.now());
        // the kind of error is decided by the error page of the application
        assertThat(deliver(application, refused)).isGreaterThanOrEqualTo(400);
        assertThat(deliver(application, refused)).isGreaterThanOrEqualTo(400);
        assertThat(received(application).members).as("not counted as seen").hasSize(3);
    }

    @Test
    void aControllerMayRespondAsynchronously() throws Exception {
        ConfigurableApplicationContext application = start(WithController.class);
        String later = joined("later", Instant.now());
        String never = joined("later refused", Instant.now());

        HttpResponse<String> response = send(signed(application, SECRET, later));
        assertThat(response.statusCode()).isEqualTo(200);
        // Spring WebFlux writes the text as JSON
        assertThat(response.body()).contains("later");
        assertThat(send(signed(application, SECRET, later)).body())
                .as("dispatched before")
                .isEmpty();
        assertThat(deliver(application, never)).isGreaterThanOrEqualTo(400);
        assertThat(deliver(application, never)).isGreaterThanOrEqualTo(400);
        assertThat(received(application).members).as("not counted as seen").hasSize(3);
    }

    @Test
    void noWayRoundTheFilterLeadsToTheController() throws Exception {
        assumeTrue(stack.isServlet(), "ForgedWebhookMatrixTests has the other stack");
        String withoutSecurity = "--spring.autoconfigure.exclude="
                + "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration,"
                + "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration,"
                + "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration";
        for (String servletPath : List.of("/", "/api")) {
            ConfigurableApplicationContext application =
                    start(Unprotected.class, withoutSecurity, "--spring.mvc.servlet.path=" + servletPath);
            String prefix = servletPath.equals("/") ? "" : servletPath;
            String body = joined("mallory", Instant.now());

            for (String path : List.of(
                    PATH,
                    PATH + "/",
                    PATH + ";a=b",
                    "/webhooks;a=b/lattestream",
                    "/webhooks/%6cattestream",
                    "/webhooks/./lattestream",
                    "//webhooks/lattestream",
                    "/webhooks//lattestream",
                    "/webhooks/x/../lattestream",
                    "/webhooks%2flattestream",
                    "/webhooks/lattestream%20")) {
                HttpResponse<String> response =
                        send(request(application, prefix + path).POST(HttpRequest.BodyPublishers.ofString(body)));

                assertThat(response.statusCode()).as(path).isIn(400, 401, 404);
                assertThat(response.body()).as(path).doesNotContain("received");
            }
            assertThat(send(request(application, prefix + PATH)
                                    .header(
                                            "X-LatteStream-Signature",
                                            new WebhookSigner(SECRET).sign(body.getBytes(UTF_8)))
                                    .POST(HttpRequest.BodyPublishers.ofString(body)))
                            .body())
                    .isEqualTo("received 1");
        }
    }

    @Test
    void listenersOfEveryKindReceiveTheEventOnce() throws Exception {
        ConfigurableApplicationContext application = start(AllKinds.class);

        assertThat(deliver(application, joined("alice", Instant.now()))).isEqualTo(204);

        AllKinds.Counts counts = application.getBean(AllKinds.Counts.class);
        assertThat(counts.ofInterface).hasValue(1);
        assertThat(counts.ofLazyBean).hasValue(1);
        assertThat(counts.asynchronous.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void twoInstancesThatShareRedisDispatchItOnce() throws Exception {
        try (RedisServer redis = RedisServer.start()) {
            String[] arguments = {
                "--lattestream.webhook.replay-guard=redis",
                "--spring.data.redis.host=127.0.0.1",
                "--spring.data.redis.port=" + redis.port()
            };
            ConfigurableApplicationContext first = start(Listening.class, arguments);
            ConfigurableApplicationContext second = start(Listening.class, arguments);
            String body = joined("alice", Instant.now());

            assertThat(deliver(first, body)).isEqualTo(204);
            assertThat(deliver(second, body)).isEqualTo(200);
            assertThat(received(first).members).hasSize(1);
            assertThat(received(second).members).isEmpty();

            List<CompletableFuture<Integer>> responses = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String both = joined("bob", Instant.now());
                for (ConfigurableApplicationContext application : List.of(first, second)) {
                    responses.add(HTTP.sendAsync(
                                    signed(application, SECRET, both).build(), HttpResponse.BodyHandlers.discarding())
                            .thenApply(HttpResponse::statusCode));
                }
            }
            assertThat(responses.stream().map(CompletableFuture::join))
                    .isSubsetOf(200, 204, 503)
                    .filteredOn(status -> status == 204)
                    .hasSize(20);
            assertThat(received(first).members.size() + received(second).members.size())
                    .isEqualTo(21);

            redis.kill();
            assertThat(deliver(second, joined("bob", Instant.now())))
                    .as("it is unknown whether it was dispatched")
                    .isEqualTo(503);
        }
    }

    /** Webhooks with one to three changed bytes cause no errors and are not dispatched. */
    @Test
    void tenThousandFlippedBodiesAreNotDispatched() throws Exception {
        // more than the test has in flight
        ConfigurableApplicationContext application =
                start(Listening.class, "--lattestream.webhook.max-unverified-bodies=100");
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] valid = joined("alice", Instant.now()).getBytes(UTF_8);
        String signature = new WebhookSigner(SECRET).sign(valid);
        try (RequestsInFlight requests = new RequestsInFlight(HTTP)) {
            for (int i = 0; i < 10_000; i++) {
                byte[] body = valid.clone();
                for (int flip = 0; flip <= random.nextInt(3); flip++) {
                    body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
                }
                if (Arrays.equals(body, valid)) {
                    continue;
                }
                requests.send(
                        request(application)
                                .header("X-LatteStream-Signature", signature)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        status -> assertThat(status)
                                .as("seed %d, body %s", seed, new String(body, ISO_8859_1))
                                .isEqualTo(401));
            }
        }
        assertThat(received(application).payloads).isEmpty();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Received.class)
    static class Listening {}

    static class Received {

        final List<WebhookEvent> events = new CopyOnWriteArrayList<>();

        final List<WebhookEvent.MemberAdded> members = new CopyOnWriteArrayList<>();

        final List<WebhookPayload> payloads = new CopyOnWriteArrayList<>();

        final CountDownLatch slowBegun = new CountDownLatch(1);

        final CountDownLatch slowMayEnd = new CountDownLatch(1);

        private boolean failed;

        @Order(1)
        @EventListener
        void added(WebhookEvent.MemberAdded event) throws InterruptedException {
            if (event.userId().equals("trouble") && !failed) {
                failed = true;
                throw new IllegalStateException("once");
            }
            if (event.userId().equals("slow")) {
                slowBegun.countDown();
                assertThat(slowMayEnd.await(10, TimeUnit.SECONDS)).isTrue();
            }
            members.add(event);
        }

        @Order(2)
        @EventListener
        void any(WebhookEvent event) {
            events.add(event);
        }

        @EventListener
        void whole(WebhookPayload payload) {
            payloads.add(payload);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Received.class, Controller.class})
    static class WithController {

        /** As the documentation has it. */
        @Bean
        @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
        SecurityFilterChain security(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers(PATH)
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .csrf(csrf -> csrf.ignoringRequestMatchers(PATH))
                    .build();
        }

        /** As the documentation has it. */
        @Configuration(proxyBeanMethods = false)
        @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
        static class Reactive {

            @Bean
            SecurityWebFilterChain security(ServerHttpSecurity http) {
                return http.authorizeExchange(exchanges -> exchanges
                                .pathMatchers(PATH)
                                .permitAll()
                                .anyExchange()
                                .authenticated())
                        .csrf(csrf -> csrf.requireCsrfProtectionMatcher(new AndServerWebExchangeMatcher(
                                CsrfWebFilter.DEFAULT_CSRF_MATCHER,
                                new NegatedServerWebExchangeMatcher(ServerWebExchangeMatchers.pathMatchers(PATH)))))
                        .build();
            }
        }
    }

    @RestController
    static class Controller {

        @PostMapping(PATH)
        Object webhook(@RequestBody WebhookPayload payload, @RequestBody String raw) {
            assertThat(raw).contains("member_added");
            if (raw.contains("later")) {
                return CompletableFuture.supplyAsync(() -> {
                    if (raw.contains("refused")) {
                        throw new IllegalStateException("refused later");
                    }
                    return "later";
                });
            }
            if (raw.contains("refused")) {
                throw new IllegalStateException("refused");
            }
            return "received " + payload.events().size();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Received.class, Controller.class})
    static class Unprotected {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableAsync
    @Import({AllKinds.Counts.class, AllKinds.Asynchronous.class})
    static class AllKinds {

        @Bean
        ApplicationListener<PayloadApplicationEvent<WebhookEvent.MemberAdded>> ofInterface(Counts counts) {
            return new ApplicationListener<>() {
                @Override
                public void onApplicationEvent(PayloadApplicationEvent<WebhookEvent.MemberAdded> event) {
                    counts.ofInterface.incrementAndGet();
                }
            };
        }

        @Bean
        @Lazy
        ApplicationListener<PayloadApplicationEvent<WebhookPayload>> ofLazyBean(Counts counts) {
            return new ApplicationListener<>() {
                @Override
                public void onApplicationEvent(PayloadApplicationEvent<WebhookPayload> event) {
                    counts.ofLazyBean.incrementAndGet();
                }
            };
        }

        static class Counts {

            final AtomicInteger ofInterface = new AtomicInteger();

            final AtomicInteger ofLazyBean = new AtomicInteger();

            final CountDownLatch asynchronous = new CountDownLatch(1);
        }

        static class Asynchronous {

            private final Counts counts;

            Asynchronous(Counts counts) {
                this.counts = counts;
            }

            @Async
            @EventListener
            void on(WebhookEvent.MemberAdded event) {
                counts.asynchronous.countDown();
                throw new IllegalStateException("of no concern to the service");
            }
        }
    }
}
