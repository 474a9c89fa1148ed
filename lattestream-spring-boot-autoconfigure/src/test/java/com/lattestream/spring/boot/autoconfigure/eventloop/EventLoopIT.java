package com.lattestream.spring.boot.autoconfigure.eventloop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.crypto.WebhookSigner;
import com.lattestream.test.EmbeddedLatteStreamServer;
import com.lattestream.test.ReceivedEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.reactor.netty.NettyWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.blockhound.BlockHound;

/**
 * The starter blocks no event loop of Netty. BlockHound watches every thread on which Reactor and Netty do not allow
 * blocking calls. Each scenario is run many times at once, so that locks are contended.
 */
class EventLoopIT {

    private static final String SECRET = "lsk_test_of_event_loops";

    private static final int REQUESTS = 40;

    private static final int CLIENTS = 8;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** The blocking calls on event loops, with their stack traces. */
    private static final List<Throwable> BLOCKING_CALLS = new CopyOnWriteArrayList<>();

    private static final AtomicLong NUMBERS = new AtomicLong();

    private @Nullable EmbeddedLatteStreamServer engine;

    private @Nullable ConfigurableApplicationContext application;

    @BeforeAll
    static void watch() {
        // recorded rather than thrown: no code can swallow them, and the call continues
        BlockHound.builder()
                .loadIntegrations()
                // Netty's pool of buffers, and Spring Boot once
                .allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate")
                .allowBlockingCallsInside(
                        "org.springframework.boot.micrometer.tracing.autoconfigure.prometheus."
                                + "PrometheusExemplarsAutoConfiguration$LazyTracingSpanContext",
                        "currentSpan")
                .blockingMethodCallback(method -> {
                    Throwable call = new IllegalStateException(
                            method + " on " + Thread.currentThread().getName());
                    BLOCKING_CALLS.add(call);
                })
                .install();
    }

    @AfterEach
    void stop() {
        if (application != null) {
            application.close();
        }
        if (engine != null) {
            engine.close();
        }
        BLOCKING_CALLS.clear();
    }

    private void start(String... arguments) {
        engine = EmbeddedLatteStreamServer.builder().secret(SECRET).start();
        List<String> all = new ArrayList<>(List.of(
                "--server.port=0",
                "--lattestream.secret=" + SECRET,
                "--lattestream.endpoint=" + engine.endpoint(),
                "--lattestream.use-tls=false",
                "--management.endpoints.web.exposure.include=*"));
        all.addAll(List.of(arguments));
        application = new SpringApplicationBuilder(EventLoopApplication.class)
                .web(WebApplicationType.REACTIVE)
                .bannerMode(Banner.Mode.OFF)
                .run(all.toArray(String[]::new));
        assertThat(((WebServerApplicationContext) application).getWebServer()).isInstanceOf(NettyWebServer.class);
    }

    private HttpRequest.Builder request(String path) {
        int port = ((WebServerApplicationContext) application).getWebServer().getPort();
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(30));
    }

    private HttpRequest.Builder post(String path, String body) {
        return request(path).POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Sends requests from several threads at once; returns the responses. */
    private static List<HttpResponse<String>> sendAll(Supplier<HttpRequest> requests) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<HttpResponse<String>>> sent = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                sent.add(clients.submit(() -> send(requests.get())));
            }
            List<HttpResponse<String>> responses = new ArrayList<>();
            for (Future<HttpResponse<String>> response : sent) {
                responses.add(response.get(60, TimeUnit.SECONDS));
            }
            return responses;
        } finally {
            clients.shutdownNow();
        }
    }

    private static void assertNoEventLoopWasBlocked() {
        assertThat(BLOCKING_CALLS)
                .extracting(call -> call
                        + Arrays.stream(call.getStackTrace())
                                .map(frame -> "\n\tat " + frame)
                                .collect(Collectors.joining()))
                .isEmpty();
    }

    /** The proof that the other tests can fail. */
    @Test
    void aBlockingCallOnAnEventLoopIsDetected() throws Exception {
        start();

        String thread = send(request("/blocking").build()).body();

        assertThat(thread).startsWith("webflux-http-");
        assertThat(BLOCKING_CALLS)
                .anySatisfy(call -> assertThat(call)
                        .hasMessageContaining("park")
                        .hasMessageEndingWith(" on " + thread)
                        .satisfies(detected -> assertThat(detected.getStackTrace())
                                .anyMatch(frame -> frame.getClassName().equals(EventLoopApplication.class.getName()))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "remote"})
    void authorization(String mode) throws Exception {
        start("--lattestream.auth.mode=" + mode);
        String user = "Basic " + Base64.getEncoder().encodeToString("alice:password".getBytes(UTF_8));
        Map<String, Integer> channels = Map.of(
                "private-blocking-alice", 200,
                "private-blocking-bob", 403,
                "private-mono-alice", 200,
                "private-mono-bob", 403,
                "private-broken-1", 403,
                "presence-room-7", 200,
                "private-unknown", 403);
        for (Map.Entry<String, Integer> channel : channels.entrySet()) {
            String json = "{\"socket_id\":\"1.2\",\"channel_name\":\"" + channel.getKey() + "\"}";
            String form = "socket_id=1.2&channel_name=" + channel.getKey();

            assertThat(sendAll(() -> post("/auth", json)
                            .header("Content-Type", "application/json")
                            .header("Authorization", user)
                            .build()))
                    .extracting(HttpResponse::statusCode)
                    .containsOnly(channel.getValue());
            assertThat(sendAll(() -> post("/auth", form)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("Authorization", user)
                            .build()))
                    .extracting(HttpResponse::statusCode)
                    .containsOnly(channel.getValue());
            assertThat(sendAll(() -> post("/auth", json)
                            .header("Content-Type", "application/json")
                            .build()))
                    .extracting(HttpResponse::statusCode)
                    .containsOnly(403);
        }
        assertThat(sendAll(() -> post("/auth", "{")
                        .header("Content-Type", "application/json")
                        .header("Authorization", user)
                        .build()))
                .extracting(HttpResponse::statusCode)
                .containsOnly(400);

        assertNoEventLoopWasBlocked();
    }

    private static byte[] webhook() {
        return ("{\"time_ms\":" + System.currentTimeMillis() + ",\"number\":" + NUMBERS.incrementAndGet()
                        + ",\"events\":[{\"name\":\"channel_occupied\",\"channel\":\"chat\"}]}")
                .getBytes(UTF_8);
    }

    private HttpRequest webhook(byte[] body, String signature) {
        return request("/webhooks/lattestream")
                .header("Content-Type", "application/json")
                .header("X-LatteStream-Signature", signature)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    // chunks of a few bytes, each of which is a packet
    private HttpRequest webhookInPackets(byte[] body) {
        return request("/webhooks/lattestream")
                .header("Content-Type", "application/json")
                .header("X-LatteStream-Signature", new WebhookSigner(SECRET).sign(body))
                .POST(HttpRequest.BodyPublishers.ofByteArrays(split(body)))
                .build();
    }

    private static List<byte[]> split(byte[] body) {
        List<byte[]> parts = new ArrayList<>();
        for (int from = 0; from < body.length; from += 16) {
            parts.add(Arrays.copyOfRange(body, from, Math.min(from + 16, body.length)));
        }
        return parts;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void webhooks(boolean handler) throws Exception {
        start("--test.handler=" + handler);
        WebhookSigner signer = new WebhookSigner(SECRET);
        byte[] replayed = webhook();

        assertThat(sendAll(() -> {
                    byte[] body = webhook();
                    return webhook(body, signer.sign(body));
                }))
                .extracting(HttpResponse::statusCode)
                .containsOnly(handler ? 200 : 204);
        assertThat(sendAll(() -> webhookInPackets(webhook())))
                .extracting(HttpResponse::statusCode)
                .containsOnly(handler ? 200 : 204);
        assertThat(sendAll(() -> webhook(webhook(), "0".repeat(64))))
                .extracting(HttpResponse::statusCode)
                .containsOnly(401);
        assertThat(sendAll(() -> webhook(webhook(), "none")))
                .extracting(HttpResponse::statusCode)
                .containsOnly(401);
        assertThat(sendAll(() -> webhook(replayed, signer.sign(replayed))))
                .extracting(HttpResponse::statusCode)
                .contains(200)
                .isSubsetOf(200, 204, 503);

        EventLoopApplication.Listeners listeners = application.getBean(EventLoopApplication.Listeners.class);
        assertThat(listeners.blocked).hasValue(2 * REQUESTS + 1);
        assertThat(listeners.emitted).hasValue(2 * REQUESTS + 1);
        assertNoEventLoopWasBlocked();
    }

    @ParameterizedTest
    @CsvSource({"/mono, 1, true", "/flux, 3, true", "/mono, 1, false", "/flux, 3, false"})
    void broadcasts(String path, int events, boolean batching) throws Exception {
        start("--lattestream.batching.enabled=" + batching, "--lattestream.batching.interval=5ms");

        assertThat(sendAll(() -> post(path, "").header("X-Socket-ID", "12.34").build()))
                .extracting(HttpResponse::statusCode)
                .containsOnly(200);

        await().untilAsserted(() -> assertThat(engine.events()).hasSize(REQUESTS * events));
        assertThat(engine.events()).extracting(ReceivedEvent::excludedSocketId).containsOnly("12.34");
        assertNoEventLoopWasBlocked();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void objectsThatArePublishedOnAnEventLoop(boolean batching) throws Exception {
        start(
                "--lattestream.batching.enabled=" + batching,
                "--lattestream.batching.interval=5ms",
                "--spring.reactor.context-propagation=auto");

        assertThat(sendAll(
                        () -> post("/object", "").header("X-Socket-ID", "12.34").build()))
                .extracting(HttpResponse::statusCode)
                .containsOnly(200);

        await().untilAsserted(() -> assertThat(engine.events()).hasSize(REQUESTS));
        assertNoEventLoopWasBlocked();
    }

    @ParameterizedTest
    @CsvSource({
        "/template, true",
        "/template, false",
        "/trigger, true",
        "/trigger, false",
        "/client, true",
        "/client, false"
    })
    void callsOnEventLoops(String path, boolean batching) throws Exception {
        start("--lattestream.batching.enabled=" + batching, "--lattestream.batching.interval=5ms");

        assertThat(sendAll(() -> post(path, "").build()))
                .allSatisfy(response -> assertThat(response.statusCode()).isEqualTo(200))
                .allSatisfy(response -> assertThat(response.body()).doesNotContain("Exception"));

        assertNoEventLoopWasBlocked();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/prometheus", "/actuator/lattestream", "/actuator/info"})
    void management(String path) throws Exception {
        start("--management.health.lattestream.probe=true", "--management.health.redis.enabled=false");

        assertThat(sendAll(() -> request(path).build()))
                .extracting(HttpResponse::statusCode)
                .containsOnly(200);

        assertNoEventLoopWasBlocked();
    }

    @Test
    void aFullQueueIsAnErrorAtOnce() throws Exception {
        start("--lattestream.batching.max-queued-events=4", "--lattestream.batching.max-block=30s");
        engine.faults().delayAll().by(Duration.ofSeconds(3));

        assertThat(sendAll(() -> post("/trigger", "").build()))
                .extracting(HttpResponse::body)
                .contains("LatteStreamQueueFullException");

        assertNoEventLoopWasBlocked();
    }

    @Test
    void theClientDoesNotWaitForRoomOnTheEventLoop() throws Exception {
        start("--lattestream.batching.max-queued-events=4", "--lattestream.batching.max-block=1m");
        engine.faults().delayAll().by(Duration.ofSeconds(1));

        assertThat(sendAll(() -> post("/client", "").build()))
                .extracting(HttpResponse::body)
                .contains("LatteStreamQueueFullException");

        assertNoEventLoopWasBlocked();
    }
}
