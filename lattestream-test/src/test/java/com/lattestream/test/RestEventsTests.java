package com.lattestream.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestEventsTests {

    private static EmbeddedLatteStreamServer engine;

    @BeforeAll
    static void start() {
        engine = EmbeddedLatteStreamServer.builder().start();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void respondsWithTheChannelsAndTheNumberOfClientsReached() {
        try (TestSocket both = TestSocket.subscribe(engine, "answer-a");
                TestSocket one = TestSocket.subscribe(engine, "answer-b")) {
            both.subscribe("answer-b");

            HttpResponse<String> response =
                    post("/events", "{\"channel\":\"answer-a,answer-b,answer-c\",\"event\":\"e\",\"data\":\"1\"}");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(SignedCall.parse(response.body()))
                    .isEqualTo(SignedCall.parse("{\"channels\":[\"answer-a\",\"answer-b\",\"answer-c\"],"
                            + "\"event\":\"e\",\"triggered\":2}"));
            assertThat(List.of(both.next().path("channel"), both.next().path("channel")))
                    .hasToString("[\"answer-a\", \"answer-b\"]");
            assertThat(one.next().path("channel").stringValue()).isEqualTo("answer-b");
        }
    }

    @Test
    void respondsToABatchWithAnEmptyObject() {
        HttpResponse<String> response = post(
                "/batch_events",
                "{\"batch\":[{\"channel\":\"c\",\"name\":\"e\",\"data\":\"1\"},"
                        + "{\"channel\":\"c\",\"name\":\"e\",\"data\":\"2\",\"socket_id\":null}]}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.body()).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/events|{\"channel\":\"no-data\",\"event\":\"e\"}",
                "/batch_events|{\"batch\":[{\"channel\":\"no-data\",\"name\":\"e\"}]}"
            })
    void deliversAnEventWithoutData(String path, String body) {
        try (TestSocket socket = TestSocket.subscribe(engine, "no-data");
                TestSubscriber subscriber = TestSubscriber.connect(engine).subscribe("no-data")) {
            assertThat(post(path, body).statusCode()).isEqualTo(200);

            assertThat(socket.next()).isEqualTo(SignedCall.parse("{\"event\":\"e\",\"channel\":\"no-data\"}"));
            assertThat(subscriber.awaitEvent("no-data", "e").json().isNull()).isTrue();
            assertThat(engine.events().get(engine.events().size() - 1))
                    .isEqualTo(new ReceivedEvent(List.of("no-data"), "e", "null", null));
            LatteStreamAssertions.assertThat(engine)
                    .hasTriggered("no-data", "e")
                    .hasTriggeredJson("no-data", "e", "null");
        }
    }

    @Test
    void rejectsReservedNamesInABatch() {
        String body = "{\"batch\":[{\"channel\":\"c\",\"name\":\"lattestream_internal:member_added\"}]}";

        assertThat(error(post("/batch_events", body))).contains("lattestream_internal:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"private-a,b", "private-a,private-b", "presence-a,b", ","})
    void rejectsAuthorizationOfAChannelWithAComma(String channel) {
        HttpResponse<String> response = post("/auth", "{\"socket_id\":\"1.2\",\"channel_name\":\"" + channel + "\"}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error(response)).contains("comma");
    }

    @Test
    void acceptsEventsForPrivateAndPresenceChannels() {
        assertThat(post("/events", "{\"channel\":\"private-a,presence-b\",\"event\":\"e\",\"data\":\"1\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void rejectsTheWholeBatchForOneInvalidEvent() {
        int before = engine.events().size();

        HttpResponse<String> response = post(
                "/batch_events",
                "{\"batch\":[{\"channel\":\"c\",\"name\":\"e\",\"data\":\"1\"},"
                        + "{\"channel\":\"bad channel\",\"name\":\"e\",\"data\":\"2\"}]}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error(response)).startsWith("batch[1]: ").contains("bad channel");
        assertThat(engine.events()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "not json",
                "[]",
                "null",
                "\"text\"",
                "{} {}",
                "{\"channel\":\"c\",\"event\":\"e\",\"data\":null}",
                "{\"channel\":\"c\",\"data\":\"1\"}",
                "{\"event\":\"e\",\"data\":\"1\"}",
                "{\"channel\":\"c\",\"event\":\"e\",\"data\":1}",
                "{\"channel\":\"c\",\"event\":\"e\",\"data\":{\"a\":1}}",
                "{\"channel\":[\"c\"],\"event\":\"e\",\"data\":\"1\"}",
                "{\"channel\":\"\",\"event\":\"e\",\"data\":\"1\"}",
                "{\"channel\":\"a,,b\",\"event\":\"e\",\"data\":\"1\"}",
                "{\"channel\":\"a b\",\"event\":\"e\",\"data\":\"1\"}",
                "{\"channel\":\"c\",\"event\":\"\",\"data\":\"1\"}",
                "{\"channel\":\"c\",\"event\":\"lattestream:e\",\"data\":\"1\"}",
                "{\"channel\":\"c\",\"event\":\"lattestream_internal:member_added\",\"data\":\"1\"}",
                "{\"channel\":\"c\",\"event\":\"e\",\"data\":\"1\",\"socketId\":\"\"}",
                "{\"channel\":\"c\",\"event\":\"e\",\"data\":\"1\",\"socketId\":1.2}"
            })
    void rejectsInvalidEvents(String body) {
        int before = engine.events().size();

        HttpResponse<String> response = post("/events", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(error(response)).isNotEmpty();
        assertThat(engine.events()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"batch\":{}}", "{\"batch\":[1]}", "{\"batch\":[{}]}", "[]"})
    void rejectsInvalidBatches(String body) {
        HttpResponse<String> response = post("/batch_events", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error(response)).isNotEmpty();
    }

    @Test
    void rejectsInvalidUtf8AndExcessiveNesting() {
        byte[] broken = "{\"channel\":\"c\",\"event\":\"e\",\"data\":\"x\"}".getBytes(UTF_8);
        broken[broken.length - 3] = (byte) 0xff;

        assertThat(SignedCall.post(engine, "/events", broken, Instant.now())
                        .send()
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("/events", "[".repeat(100_000)).statusCode()).isEqualTo(400);
    }

    @Test
    void rejectsABodyThatIsTooLargeAndKeepsRunning() {
        String tooLarge = " ".repeat(10 * 1024 * 1024 + 1);

        HttpResponse<String> response = post("/events", tooLarge);

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(error(response)).contains("10485760");
        SignedCall.trigger(engine, "c", "e", "1");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /events, 405",
        "GET, /batch_events, 405",
        "DELETE, /events, 405",
        "POST, /discover, 405",
        "GET, /nothing, 404",
        "POST, /events/, 404",
        "POST, /EVENTS, 404",
        "GET, /, 426"
    })
    void respondsToOtherRequestsWithAJsonError(String method, String path, int status) {
        HttpResponse<String> response =
                SignedCall.send(HttpRequest.newBuilder(URI.create("http://" + engine.endpoint() + path))
                        .method(method, BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(error(response)).isNotEmpty();
        assertThat(response.headers().firstValue("Server")).isEmpty();
    }

    private static HttpResponse<String> post(String path, String body) {
        return SignedCall.post(engine, path, body).send();
    }

    private static String error(HttpResponse<String> response) {
        return SignedCall.parse(response.body()).path("error").stringValue();
    }
}
