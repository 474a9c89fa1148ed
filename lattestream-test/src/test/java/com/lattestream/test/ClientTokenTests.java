package com.lattestream.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.ClientToken;
import com.lattestream.core.ClientTokenRequest;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.testsupport.MutableClock;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Client tokens, which clients can connect with instead of the public key. */
class ClientTokenTests {

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

    private HttpResponse<String> requestToken(String body) {
        return SignedCall.send(HttpRequest.newBuilder(URI.create("http://" + engine.endpoint() + "/apps/token"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private String token(int seconds) {
        String body = requestToken(
                        "{\"api_key\":\"lspk_local_engine\",\"socket_id\":\"1.2\",\"expires_in\":" + seconds + "}")
                .body();
        return SignedCall.parse(body).path("accessToken").stringValue();
    }

    @Test
    void areIssuedToTheClientAndReplaceDiscovery() {
        try (LatteStreamClient client = LatteStreamClient.builder(engine.secret())
                .endpoint(engine.endpoint())
                .useTls(false)
                .build()) {
            ClientToken token = client.createClientToken(ClientTokenRequest.of(engine.publicKey(), "1.2")
                            .withPermissions(List.of("subscribe"))
                            .withExpiresIn(Duration.ofMinutes(1)))
                    .join();

            assertThat(token.accessToken()).matches("lspc_[A-Za-z0-9_-]{20,}");
            assertThat(token.tokenType()).isEqualTo("Bearer");
            assertThat(token.expiresIn()).isEqualTo(Duration.ofMinutes(1));
            assertThat(token.tenantId()).isEqualTo("local");
            try (TestSocket socket = TestSocket.connectWithToken(engine, token.accessToken())) {
                socket.subscribe("chat");
                SignedCall.trigger(engine, "chat", "message", "1", clock.instant());
                assertThat(socket.nextEvent()).isEqualTo("message");
            }
            assertThat(engine.requests()).extracting(ReceivedRequest::path).doesNotContain("/discover");
        }
    }

    @Test
    void areValidUntilTheyExpireAndCanBeReused() {
        String token = token(60);
        TestSocket.connectWithToken(engine, token).close();
        clock.advance(Duration.ofSeconds(59));
        TestSocket.connectWithToken(engine, token).close();
        clock.advance(Duration.ofSeconds(1));

        expectRejected(token, "expired");
    }

    @Test
    void areValidForOneHourByDefault() {
        String token = requestToken("{\"api_key\":\"lspk_local_engine\",\"socket_id\":\"1.2\"}")
                .body();

        assertThat(SignedCall.parse(token).path("expiresIn").intValue()).isEqualTo(3600);
    }

    @Test
    void unknownTokensAreRejected() {
        expectRejected("lspc_invented", "unknown");
        expectRejected("lspc_", "unknown");
    }

    @Test
    void areRequiredWithoutDiscovery() {
        expectRejected(engine.publicKey(), "/discover");
        expectRejected(engine.secret(), "public key");
    }

    private void expectRejected(String key, String reason) {
        try (TestSocket socket = TestSocket.openUndiscovered(engine)) {
            socket.send("{\"api_key\":\"" + key + "\"}");

            assertThat(socket.awaitCloseCode()).isEqualTo(4001);
            assertThat(socket.closeReason).contains(reason).doesNotContain(engine.secret());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|{'api_key':'lspk_other','socket_id':'1.2'}",
                "401|{'api_key':'lsk_local_engine_secret','socket_id':'1.2'}",
                "401|{'socket_id':'1.2'}",
                "400|{'api_key':'lspk_local_engine'}",
                "400|{'api_key':'lspk_local_engine','socket_id':'1.2','expires_in':0}",
                "400|{'api_key':'lspk_local_engine','socket_id':'1.2','expires_in':'soon'}",
                "400|{'api_key':'lspk_local_engine','socket_id':'1.2','expires_in':99999999999}",
                "400|[]",
                "400|{"
            },
            quoteCharacter = '"')
    void areNotIssuedForInvalidRequests(int status, String body) {
        HttpResponse<String> response = requestToken(body.replace('\'', '"'));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(SignedCall.parse(response.body()).path("error").stringValue())
                .isNotEmpty()
                .doesNotContain("lsk_");
    }
}
