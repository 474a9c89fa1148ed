package com.lattestream.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.lattestream.testsupport.MutableClock;
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
    void returnsTheAddressForClients() {
        HttpResponse<String> response = SignedCall.get(engine, "/discover?api_key=lspk_local_engine");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        JsonNode discovered = SignedCall.parse(response.body());
        assertThat(discovered.path("node_id").stringValue()).isEqualTo("1");
        assertThat(discovered.path("region").stringValue()).isEqualTo("local");
        assertThat(discovered.path("cluster").stringValue()).isEqualTo("local");
        assertThat(discovered.path("host").stringValue()).isEqualTo("localhost");
        assertThat(discovered.path("port").intValue()).isEqualTo(engine.port());
        assertThat(discovered.path("discovery_token").stringValue()).matches("[A-Za-z0-9_.~-]{20,}");
        assertThat(discovered.path("expires_at").longValue())
                .isEqualTo(clock.instant().plusSeconds(300).getEpochSecond());
    }

    @Test
    void issuesADifferentTokenForEachRequest() {
        assertThat(TestSocket.discoveryToken(engine)).isNotEqualTo(TestSocket.discoveryToken(engine));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?api_key=", "?api_key=lspk_other", "?api_key=lsk_local_engine", "?api_key=lspc_1"})
    void rejectsAnotherKeyWithAResponseReadableByBrowsers(String query) {
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
    void rejectsUnknownTokens(String query) {
        expectRejected(query);
    }

    @Test
    void acceptsATokenUntilItExpires() {
        String token = TestSocket.discoveryToken(engine);

        clock.advance(Duration.ofSeconds(299));
        TestSocket.open(engine, token).close();
        clock.advance(Duration.ofSeconds(1));
        expectRejected("?discovery_token=" + token);
    }

    @Test
    void rejectsTheTokenOfAnotherEngine() {
        try (EmbeddedLatteStreamServer other =
                EmbeddedLatteStreamServer.builder().start()) {
            expectRejected("?discovery_token=" + TestSocket.discoveryToken(other));
        }
    }

    private void expectRejected(String query) {
        assertThatThrownBy(() -> TestSocket.handshake("ws://" + engine.endpoint() + "/" + query, new TestSocket())
                        .join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .asInstanceOf(type(WebSocketHandshakeException.class))
                .satisfies(refused ->
                        assertThat(refused.getResponse().statusCode()).isEqualTo(401));
    }
}
