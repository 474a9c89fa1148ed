package com.lattestream.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class DiscoveryTests {

    private final MutableClock clock = new MutableClock();

    private EmbeddedLatteStreamServer engine;

    @BeforeEach
    void start() {
        engine = EmbeddedLatteStreamServer.builder().clock(clock).start();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void tellsClientsWhereToConnect() {
        HttpResponse<String> response = SignedCall.get(engine, "/discover?api_key=lspk_local_engine");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        JsonNode answer = SignedCall.parse(response.body());
        assertThat(answer.path("node_id").stringValue()).isEqualTo("1");
        assertThat(answer.path("region").stringValue()).isEqualTo("local");
        assertThat(answer.path("cluster").stringValue()).isEqualTo("local");
        assertThat(answer.path("host").stringValue()).isEqualTo("localhost");
        assertThat(answer.path("port").intValue()).isEqualTo(engine.port());
        assertThat(answer.path("discovery_token").stringValue()).matches("[A-Za-z0-9_.~-]{20,}");
        assertThat(answer.path("expires_at").longValue())
                .isEqualTo(clock.instant().plusSeconds(300).getEpochSecond());
    }

    @Test
    void handsOutADifferentTokenEachTime() {
        assertThat(TestSocket.discoveryToken(engine)).isNotEqualTo(TestSocket.discoveryToken(engine));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?api_key=", "?api_key=lspk_other", "?api_key=lsk_local_engine", "?api_key=lspc_1"})
    void refusesAnotherKeySoThatBrowsersCanReadWhy(String query) {
        HttpResponse<String> response =
                SignedCall.send(HttpRequest.newBuilder(URI.create("http://" + engine.endpoint() + "/discover" + query))
                        .header("Origin", "http://localhost:8080"));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).contains("http://localhost:8080");
        assertThat(SignedCall.parse(response.body()).path("error").stringValue())
                .contains("api_key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?discovery_token=", "?discovery_token=unknown", "?discovery_token=lspc_1"})
    void opensNoSocketWithAnotherToken(String query) {
        expectRefused(query);
    }

    @Test
    void opensASocketUntilTheTokenExpires() {
        String token = TestSocket.discoveryToken(engine);

        clock.advance(Duration.ofSeconds(299));
        TestSocket.open(engine, token).close();
        clock.advance(Duration.ofSeconds(1));
        expectRefused("?discovery_token=" + token);
    }

    @Test
    void opensNoSocketWithTheTokenOfAnotherEngine() {
        try (EmbeddedLatteStreamServer other =
                EmbeddedLatteStreamServer.builder().start()) {
            expectRefused("?discovery_token=" + TestSocket.discoveryToken(other));
        }
    }

    private void expectRefused(String query) {
        assertThatThrownBy(() -> TestSocket.handshake("ws://" + engine.endpoint() + "/" + query, new TestSocket())
                        .join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .asInstanceOf(type(WebSocketHandshakeException.class))
                .satisfies(refused ->
                        assertThat(refused.getResponse().statusCode()).isEqualTo(401));
    }
}
