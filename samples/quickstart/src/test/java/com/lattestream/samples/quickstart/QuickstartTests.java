package com.lattestream.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.test.EmbeddedLatteStream;
import com.lattestream.test.EmbeddedLatteStreamServer;
import com.lattestream.test.TestSubscriber;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"lattestream.retry.max-retries=0"})
@EmbeddedLatteStream
class QuickstartTests {

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @Autowired
    EmbeddedLatteStreamServer engine;

    @Test
    void aPostedMessageArrivesAtASubscribedBrowser() throws Exception {
        try (TestSubscriber browser = TestSubscriber.connect(engine)) {
            browser.subscribe("chat");

            assertThat(post("{\"text\":\"Hello\"}").statusCode()).isEqualTo(202);

            assertThat(browser.awaitEvent("chat", "message").json().path("text").stringValue())
                    .isEqualTo("Hello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"text\":null}", "{\"text\":\"  \"}"})
    void invalidMessagesAreRefused(String body) throws Exception {
        HttpResponse<String> refused = post(body);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(refused.body()).doesNotContain("Exception");
    }

    @Test
    void aMessageThatIsTooLongIsRefused() throws Exception {
        HttpResponse<String> refused = post("{\"text\":\"" + "x".repeat(1001) + "\"}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("text must have 1 to 1000 characters");
    }

    @Test
    @DirtiesContext
    void theResponseReportsAMessageThatCouldNotBeDelivered() throws Exception {
        engine.close();

        HttpResponse<String> failed = post("{\"text\":\"Hello\"}");

        assertThat(failed.statusCode()).isEqualTo(502);
        assertThat(failed.body()).contains("The message could not be delivered");
    }

    @Test
    void thePageReceivesThePublicKeyAndNeverTheSecret() throws Exception {
        String settings = get("/client-settings").body();

        assertThat(settings)
                .contains(engine.publicKey(), engine.endpoint())
                .doesNotContain(engine.secret())
                .doesNotContain("lsk_");
    }

    @Test
    void thePageIsServed() throws Exception {
        assertThat(get("/").body()).contains("LatteStream Quickstart");
    }

    @Test
    void metricsShowTheOutcomeOfMessages() throws Exception {
        post("{\"text\":\"Hello\"}");

        assertThat(get("/actuator/health").body()).contains("\"lattestream\":{\"details\":{\"state\":\"available\"");
        assertThat(get("/actuator/lattestream").body())
                .contains("\"endpoint\":\"http://" + engine.endpoint() + "\"")
                .doesNotContain("lsk_");
        assertThat(get("/actuator/info").body()).contains("\"lattestream\":{\"version\":");
        HttpResponse<String> flushed = send(request("/actuator/lattestream")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(flushed.body()).isEqualTo("{\"flushed\":{\"latteStreamClient\":true}}");
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return send(request("/messages")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
