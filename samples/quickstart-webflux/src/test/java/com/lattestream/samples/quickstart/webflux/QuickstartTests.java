package com.lattestream.samples.quickstart.webflux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lattestream.test.EmbeddedLatteStream;
import com.lattestream.test.EmbeddedLatteStreamServer;
import com.lattestream.test.TestSubscriber;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

/** The application on Reactor Netty, with a local engine. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "lattestream.retry.max-retries=0")
@EmbeddedLatteStream
class QuickstartTests {

    private static final String WELCOME = "Welcome, you are the first one here.";

    @LocalServerPort
    int port;

    @Autowired
    EmbeddedLatteStreamServer engine;

    private WebTestClient http;

    @BeforeEach
    void client() {
        http = WebTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
    }

    @Test
    void theFirstBrowserIsWelcomedAndReceivesPostedMessages() {
        try (TestSubscriber browser = TestSubscriber.connect(engine)) {
            browser.subscribe("chat");
            assertThat(browser.awaitEvent("chat", "message").data()).contains(WELCOME);

            post("{\"text\":\"Hello\"}").expectStatus().isAccepted();

            assertThat(browser.awaitEvent("chat", "message").data()).contains("Hello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"text\":null}", "{\"text\":\"  \"}"})
    void otherBodiesAreRefused(String body) {
        String refused = post(body)
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();

        assertThat(refused).doesNotContain("Exception");
    }

    @Test
    void aMessageThatIsTooLongIsRefused() {
        post("{\"text\":\"" + "x".repeat(1001) + "\"}")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("text must have 1 to 1000 characters");
    }

    @Test
    @DirtiesContext
    void aMessageThatCannotBeDeliveredIsReportedToItsSender() {
        engine.close();

        post("{\"text\":\"Hello\"}")
                .expectStatus()
                .isEqualTo(502)
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("The message could not be delivered");
    }

    @Test
    void aNoteReachesTheOtherConnectionsOfItsOwnerOnly() {
        try (TestSubscriber sender = connectAs("alice");
                TestSubscriber phone = connectAs("alice")) {
            sender.subscribe("private-notes-alice");
            phone.subscribe("private-notes-alice");

            http.post()
                    .uri("/notes")
                    .headers(headers -> headers.setBasicAuth("alice", "latte"))
                    .header("X-Socket-ID", sender.socketId())
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue("{\"text\":\"Buy milk\"}")
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.owner")
                    .isEqualTo("alice");

            assertThat(phone.awaitEvent("private-notes-alice", "note").data()).contains("Buy milk");
            sender.assertNoEvent("private-notes-alice", "note");
        }
    }

    @Test
    void notesOfOthersAreRefused() {
        try (TestSubscriber bob = connectAs("bob")) {
            assertThatThrownBy(() -> bob.subscribe("private-notes-alice")).hasMessageContaining("403");
        }
        http.post()
                .uri("/notes")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"text\":\"Buy milk\"}")
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void aSubscriptionIsAuthorizedFromAFormToo() {
        http.post()
                .uri("/auth")
                .headers(headers -> headers.setBasicAuth("alice", "latte"))
                .body(BodyInserters.fromFormData("socket_id", "1.2").with("channel_name", "private-notes-alice"))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.auth")
                .isNotEmpty();
    }

    @Test
    void thePageReceivesThePublicKeyAndNeverTheSecret() {
        String settings = get("/client-settings");

        assertThat(settings)
                .contains(engine.publicKey(), engine.endpoint())
                .doesNotContain(engine.secret())
                .doesNotContain("lsk_");
    }

    @Test
    void thePageOfTheQuickstartIsServed() {
        assertThat(get("/")).contains("<title>LatteStream Quickstart</title>");
        for (String file : List.of("/quickstart.js", "/quickstart.css")) {
            assertThat(get(file)).isNotBlank();
        }
    }

    @Test
    void metricsShowTheOutcomeOfMessages() {
        post("{\"text\":\"Hello\"}").expectStatus().isAccepted();

        assertThat(get("/actuator/health")).contains("\"lattestream\":{\"details\":{\"state\":\"available\"");
        assertThat(get("/actuator/lattestream"))
                .contains("\"endpoint\":\"http://" + engine.endpoint() + "\"")
                .doesNotContain("lsk_");
        assertThat(get("/actuator/info")).contains("\"lattestream\":{\"version\":");
        assertThat(get("/actuator/prometheus")).contains("lattestream_");
    }

    private TestSubscriber connectAs(String user) {
        String basic = HttpHeaders.encodeBasicAuth(user, "latte", UTF_8);
        return TestSubscriber.builder(engine)
                .authEndpoint("http://localhost:" + port + "/auth", Map.of("Authorization", "Basic " + basic))
                .connect();
    }

    private WebTestClient.ResponseSpec post(String body) {
        return http.post()
                .uri("/messages")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private String get(String path) {
        return http.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }
}
