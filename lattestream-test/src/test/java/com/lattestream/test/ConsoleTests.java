package com.lattestream.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.test.ConsoleClient.Response;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The pages and the event stream of the console. */
class ConsoleTests {

    private EmbeddedLatteStreamServer engine;

    @BeforeEach
    void start() {
        engine = EmbeddedLatteStreamServer.builder()
                .maxPayloadBytes(300_000)
                .maxBatchSize(500)
                .start();
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void isServedOnThePortOfTheEngine() {
        assertThat(engine.consoleUrl()).isEqualTo("http://localhost:" + engine.port() + "/console");
    }

    @Test
    void servesThePageWithAStrictContentSecurityPolicy() {
        Response page = new ConsoleClient(engine).get("/console");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.head())
                .contains("Content-Type: text/html;charset=utf-8")
                .contains("Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self';")
                .contains("frame-ancestors 'none'")
                .contains("require-trusted-types-for 'script'")
                .contains("X-Content-Type-Options: nosniff")
                .contains("Cross-Origin-Resource-Policy: same-origin")
                .doesNotContain("Access-Control-Allow-Origin");
        assertThat(page.body()).contains("<title>LatteStream engine</title>").doesNotContain("http:", "https:");
    }

    @Test
    void servesAllFilesOfThePageWithoutExternalResources() {
        String page = new ConsoleClient(engine).get("/console").body();
        String script = new ConsoleClient(engine).get("/console/console.js").body();
        List<String> files = Pattern.compile("(?:src|href)=\"(/console/[^\"]+)\"")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
        List<String> modules = Pattern.compile("from \"\\.(/[^\"]+)\"")
                .matcher(script)
                .results()
                .map(found -> "/console" + found.group(1))
                .toList();

        assertThat(files).contains("/console/console.css", "/console/console.js", "/console/icon.svg");
        assertThat(modules).hasSizeGreaterThan(4);
        assertThat(files)
                .allSatisfy(file ->
                        assertThat(new ConsoleClient(engine).get(file).status()).isEqualTo(200));
        assertThat(modules)
                .allSatisfy(
                        file -> assertThat(new ConsoleClient(engine).get(file).head())
                                .contains("Content-Type: text/javascript;charset=utf-8"));
    }

    @Test
    void rejectsOtherPaths() {
        assertThat(List.of(
                        "/console/other.js",
                        "/console/../spring.factories",
                        "/console/%2e%2e/spring.factories",
                        "/console//etc/passwd"))
                .allSatisfy(path ->
                        assertThat(new ConsoleClient(engine).get(path).status()).isBetween(400, 404));
        assertThat(new ConsoleClient(engine).get("/consoles").status()).isEqualTo(404);
        assertThat(new ConsoleClient(engine).send("POST", "/console", "").status())
                .isEqualTo(405);
    }

    @Test
    void greetingContainsTheAddressesOfTheEngine() {
        try (ConsoleStream stream = ConsoleStream.open(engine)) {
            JsonNode hello = stream.next("hello");

            assertThat(hello.path("address").stringValue())
                    .isEqualTo(InetAddress.getLoopbackAddress().getHostAddress());
            assertThat(hello.path("port").intValue()).isEqualTo(engine.port());
            assertThat(hello.path("loopback").booleanValue()).isTrue();
            assertThat(hello.path("publicKey").stringValue()).isEqualTo(engine.publicKey());
        }
    }

    @Test
    void recordsCallsWithStatusAndDuration() {
        try (ConsoleStream stream = ConsoleStream.open(engine)) {
            SignedCall.trigger(engine, "chat", "message", "1");
            JsonNode call = stream.entry("call", "POST /events");

            assertThat(call.path("status").intValue()).isEqualTo(200);
            assertThat(call.path("micros").longValue()).isPositive();
            assertThat(call.path("at").longValue()).isPositive();
        }
    }

    @Test
    void recordsTheReasonOfARejectedCall() {
        try (ConsoleStream stream = ConsoleStream.open(engine)) {
            SignedCall.post(engine, "/events", "{}")
                    .header("X-LatteStream-Signature", "0")
                    .send();
            SignedCall.get(engine, "/nowhere?a=b");

            JsonNode refused = stream.entry("call", "POST /events");
            assertThat(refused.path("status").intValue()).isEqualTo(401);
            assertThat(refused.path("reason").stringValue()).contains("X-LatteStream-Signature");
            assertThat(stream.entry("call", "GET /nowhere?a=b").path("status").intValue())
                    .isEqualTo(404);
        }
    }

    @Test
    void doesNotRecordItsOwnRequests() {
        new ConsoleClient(engine).get("/console");
        SignedCall.get(engine, "/last");

        try (ConsoleStream stream = ConsoleStream.open(engine)) {
            stream.entry("call", "GET /last");

            assertThat(stream.entries()).hasSize(1);
        }
    }

    @Test
    void recordsEventsWithTheNumberOfClientsReached() {
        try (ConsoleStream stream = ConsoleStream.open(engine);
                TestSocket one = TestSocket.subscribe(engine, "a");
                TestSocket other = TestSocket.subscribe(engine, "a")) {
            one.subscribe("b");
            SignedCall.post(
                            engine,
                            "/batch_events",
                            "{\"batch\":[{\"channel\":\"a,b\",\"name\":\"first\",\"data\":\"{\\\"n\\\":1}\"},"
                                    + "{\"channel\":\"b\",\"name\":\"second\",\"data\":\"2\"}]}")
                    .send();

            JsonNode first = stream.entry("event", "first");
            assertThat(first.path("channels").valueStream().map(JsonNode::stringValue))
                    .containsExactly("a", "b");
            assertThat(first.path("data").stringValue()).isEqualTo("{\"n\":1}");
            assertThat(first.path("reached").intValue()).isEqualTo(2);
            assertThat(stream.entry("event", "second").path("reached").intValue())
                    .isEqualTo(1);
            assertThat(other.nextEvent()).isEqualTo("first");
        }
    }

    @Test
    void omitsTheDataOfAnEventWithoutData() {
        try (ConsoleStream stream = ConsoleStream.open(engine)) {
            SignedCall.post(engine, "/events", "{\"channel\":\"a\",\"event\":\"nothing\"}")
                    .send();
            assertThat(stream.entry("event", "nothing").has("data")).isFalse();

            assertThat(ConsoleClient.form(engine)
                            .trigger("{\"channel\":\"a\",\"event\":\"form\"}")
                            .status())
                    .isEqualTo(200);
            assertThat(stream.entry("event", "form").has("data")).isFalse();
        }
    }

    @Test
    void recordsConnectionsAndSubscriptions() {
        try (ConsoleStream stream = ConsoleStream.open(engine)) {
            try (TestSocket socket = TestSocket.subscribe(engine, "chat")) {
                socket.send(
                        "{\"event\":\"lattestream:subscribe\",\"data\":{\"channel\":\"private-x\",\"auth\":\"no\"}}");
                String id =
                        stream.entry("connection", "Connected").path("socket").stringValue();
                assertThat(stream.entry("connection", "Subscribed")
                                .path("channels")
                                .path(0)
                                .stringValue())
                        .isEqualTo("chat");
                JsonNode refused = stream.entry("connection", "Refused");
                assertThat(refused.path("channels").path(0).stringValue()).isEqualTo("private-x");
                assertThat(refused.path("reason").stringValue()).contains("auth");
                assertThat(refused.path("socket").stringValue()).isEqualTo(id);
            }
            stream.entry("connection", "Unsubscribed");
            assertThat(stream.entry("connection", "Disconnected").path("code").intValue())
                    .isPositive();
        }
    }

    @Test
    void sendsTheConnectionsAndChannels() {
        try (ConsoleStream stream = ConsoleStream.open(engine);
                TestSocket socket = TestSocket.subscribe(engine, "chat")) {
            SignedCall.trigger(engine, "chat", "message", "1");
            JsonNode state =
                    stream.state(now -> now.path("sockets").path(0).path("sent").intValue(0) == 3);

            assertThat(state.path("channelCount").intValue()).isEqualTo(1);
            JsonNode channel = state.path("channels").path(0);
            assertThat(channel.path("name").stringValue()).isEqualTo("chat");
            assertThat(channel.path("subscribers").intValue()).isEqualTo(1);
            JsonNode seen = state.path("sockets").path(0);
            assertThat(seen.path("admitted").booleanValue()).isTrue();
            assertThat(seen.path("received").intValue()).isEqualTo(2);
            assertThat(seen.path("channels").path(0).stringValue()).isEqualTo("chat");

            socket.send(TestSocket.frame("lattestream:unsubscribe", "chat"));
            assertThat(stream.state(now -> now.path("channelCount").intValue() == 0)
                            .path("socketCount")
                            .intValue())
                    .isEqualTo(1);
        }
    }

    @Test
    void recordsEachAttemptOfAWebhook() throws IOException {
        HttpServer application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        int[] status = {500, 204};
        int[] calls = {0};
        application.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status[Math.min(calls[0]++, 1)], -1);
            exchange.close();
        });
        application.start();
        String host = "localhost:" + application.getAddress().getPort();
        engine.webhookUrl("http://me:password@" + host + "/hooks?token=abc");

        try (ConsoleStream stream = ConsoleStream.open(engine);
                TestSocket socket = TestSocket.subscribe(engine, "chat")) {
            socket.subscribe("another");
            JsonNode first = stream.entry(entry -> entry.path("attempt").intValue(0) == 1);
            JsonNode second = stream.entry(entry -> entry.path("attempt").intValue(0) == 2);

            assertThat(first.path("kind").stringValue()).isEqualTo("webhook");
            assertThat(first.path("status").intValue()).isEqualTo(500);
            assertThat(second.path("status").intValue()).isEqualTo(204);
            assertThat(second.path("data").stringValue())
                    .isEqualTo(first.path("data").stringValue())
                    .contains("channel_occupied");
            assertThat(second.path("url").stringValue()).isEqualTo("http://" + host + "/hooks");
            assertThat(stream.text).doesNotContain("password", "abc");
        } finally {
            application.stop(0);
        }
    }

    @Test
    void masksSecrets() {
        SignedCall.get(engine, "/discover?api_key=" + engine.secret());
        SignedCall.get(engine, "/discover?api_key=lsk_of_the_real_service");
        SignedCall.trigger(engine, "chat", "oops", "{\"key\":\"" + engine.secret() + "\"}");
        SignedCall.get(engine, "/last");

        try (ConsoleStream stream = ConsoleStream.open(engine)) {
            stream.entry("call", "GET /last");

            assertThat(stream.entry("event", "oops").path("data").stringValue()).isEqualTo("{\"key\":\"lsk_…\"}");
            assertThat(stream.text).doesNotContain("lsk_local", "lsk_of");
        }
    }

    @Test
    void truncatesAndMarksALongPayload() {
        SignedCall.trigger(engine, "chat", "long", "\"" + "x".repeat(100_000) + "\"");

        try (ConsoleStream stream = ConsoleStream.open(engine)) {
            JsonNode event = stream.entry("event", "long");

            assertThat(event.path("data").stringValue()).hasSize(32 * 1024);
            assertThat(event.path("dataLength").intValue()).isEqualTo(100_002);
        }
    }

    @Test
    void reconnectedPageContinuesAtItsPosition() {
        SignedCall.trigger(engine, "chat", "before", "1");
        String place;
        try (ConsoleStream stream = ConsoleStream.open(engine)) {
            stream.entry("call", "POST /events");
            place = stream.lastId;
        }
        SignedCall.trigger(engine, "chat", "after", "1");

        try (ConsoleStream back = ConsoleStream.openAfter(engine, place);
                ConsoleStream ofAnotherEngine = ConsoleStream.openAfter(engine, "other:1")) {
            back.entry("event", "after");
            assertThat(back.entries())
                    .noneMatch(entry -> entry.path("title").stringValue().equals("before"));
            ofAnotherEngine.entry("event", "before");
        }
    }

    @Test
    void slowPageIsInformedOfMissedEntries() {
        try (ConsoleStream stream = ConsoleStream.open(engine)) {
            stream.next("hello");
            String event = "{\"channel\":\"chat\",\"name\":\"many\",\"data\":\"\\\"" + "x".repeat(4_000) + "\\\"\"}";
            String batch = "{\"batch\":[" + String.join(",", Collections.nCopies(500, event)) + "]}";
            for (int i = 0; i < 20; i++) {
                assertThat(SignedCall.post(engine, "/batch_events", batch)
                                .send()
                                .statusCode())
                        .isEqualTo(200);
            }
            SignedCall.trigger(engine, "chat", "last", "1");

            stream.entry("event", "last");
            assertThat(stream.skipped).isPositive();
            assertThat(stream.skipped + stream.entries().size()).isBetween(10_021L, 10_022L);
        }
    }

    @Test
    void numberOfOpenPagesIsLimited() {
        List<ConsoleStream> open =
                Stream.generate(() -> ConsoleStream.open(engine)).limit(32).toList();

        Response refused = new ConsoleClient(engine).get("/console/stream");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body()).contains("32 times");
        open.forEach(ConsoleStream::close);
    }

    @Test
    void disconnectsPagesWhenTheEngineCloses() {
        try (ConsoleStream stream = ConsoleStream.open(engine)) {
            stream.next("hello");
            long start = System.nanoTime();

            engine.close();

            assertThat(stream.isEnded()).isTrue();
            assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
        }
    }

    @Test
    void forwardsTheDataOfTheFormVerbatim() {
        try (TestSocket subscriber = TestSocket.subscribe(engine, "chat")) {
            Response response = ConsoleClient.form(engine).trigger("chat", "message", "{\"n\": 12345678901234567890}");

            assertThat(response.status()).isEqualTo(200);
            assertThat(SignedCall.parse(response.body()).path("triggered").intValue())
                    .isEqualTo(1);
            assertThat(subscriber.next().path("data").stringValue()).isEqualTo("{\"n\": 12345678901234567890}");
            assertThat(engine.events()).extracting(ReceivedEvent::name).containsExactly("message");
        }
    }

    @Test
    void reportsErrorsOfTheForm() {
        ConsoleClient form = ConsoleClient.form(engine);

        assertRejected(form.trigger("chat", "message", "{oops"), 400, "The data is not valid JSON");
        assertRejected(form.trigger("chat", "message", "{} {}"), 400, "The data is not valid JSON");
        assertRejected(form.trigger("chat", "message", ""), 400, "The data must not be empty");
        assertRejected(form.trigger("no spaces", "message", "1"), 400, "no spaces");
        assertRejected(form.trigger("chat", "lattestream:ping", "1"), 400, "lattestream:");
        assertRejected(form.trigger("{\"channel\":\"chat\",\"data\":\"1\"}"), 400, "event");
        assertRejected(form.trigger("[]"), 400, "JSON object");
        assertRejected(form.trigger("chat", "message", "1".repeat(300_000)), 413, "262144 bytes");
        assertThat(engine.events()).isEmpty();
    }

    private static void assertRejected(Response response, int status, String reason) {
        assertThat(response.status()).isEqualTo(status);
        assertThat(SignedCall.parse(response.body()).path("error").stringValue())
                .contains(reason);
        assertThat(response.body().getBytes(UTF_8)).hasSizeLessThan(1_000);
    }
}
