package com.lattestream.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.test.ConsoleClient.Response;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only the console's own page may use the console. Any page in the same browser can send requests to this machine. */
class ConsoleAccessTests {

    private static final List<String> READS = List.of("/console", "/console/console.js", "/console/stream");

    private EmbeddedLatteStreamServer engine;

    private ConsoleClient form;

    @BeforeEach
    void start() {
        engine = EmbeddedLatteStreamServer.builder().start();
        form = ConsoleClient.form(engine);
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void formOfThePageIsAccepted() {
        assertThat(trigger().status()).isEqualTo(200);
        assertThat(engine.events()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example", "http://localhost:1", "http://localhost", "null", "https://localhost"})
    void pagesOfOtherOriginsAreRejected(String origin) {
        form.header("Origin", origin);

        assertForbidden(trigger());
        assertThat(READS).allSatisfy(path -> assertForbidden(form.get(path)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:8787", ""})
    void hostNamesOfDnsRebindingAreRejected(String host) {
        form.header("Host", host).header("Origin", "http://" + host);

        assertRejected(trigger());
        assertThat(READS).allSatisfy(path -> assertRejected(form.get(path)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1:8787", "[::1]:8787", "192.168.1.5"})
    void ipAddressesAreAccepted(String host) {
        form.header("Host", host).header("Origin", "http://" + host);

        assertThat(trigger().status()).isEqualTo(200);
    }

    @Test
    void tokenOfThePageIsRequired() {
        assertForbidden(form.header("X-LatteStream-Console", "guessed").send("POST", "/console/trigger", "{}"));
        assertForbidden(form.without("X-LatteStream-Console").send("POST", "/console/trigger", "{}"));
        assertThat(engine.events()).isEmpty();
    }

    @Test
    void tokenOfAnotherEngineIsRejected() {
        try (EmbeddedLatteStreamServer other =
                        EmbeddedLatteStreamServer.builder().start();
                ConsoleStream stream = ConsoleStream.open(other)) {
            form.header(
                    "X-LatteStream-Console", stream.next("hello").path("token").stringValue());

            assertForbidden(trigger());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data"})
    void formOfAnotherPageIsRejected(String contentType) {
        assertThat(form.header("Content-Type", contentType)
                        .trigger("chat", "message", "1")
                        .status())
                .isEqualTo(415);
        assertThat(form.without("Content-Type").trigger("chat", "message", "1").status())
                .isEqualTo(415);
        assertThat(engine.events()).isEmpty();
    }

    @Test
    void preflightRequestsAreNotPermitted() {
        Response preflight = form.header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "POST")
                .send("OPTIONS", "/console/trigger", "");

        assertForbidden(preflight);
        assertThat(preflight.head()).doesNotContainIgnoringCase("Access-Control");
    }

    private Response trigger() {
        return form.trigger("chat", "message", "1");
    }

    private void assertForbidden(Response response) {
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body()).startsWith("{\"error\":");
        assertThat(engine.events()).isEmpty();
    }

    private void assertRejected(Response response) {
        assertThat(response.status()).isIn(400, 403);
        assertThat(engine.events()).isEmpty();
    }
}
