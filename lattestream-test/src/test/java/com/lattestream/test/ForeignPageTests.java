package com.lattestream.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.lattestream.test.ConsoleClient.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Only permitted pages may use the engine. Any page in a browser on this machine can send requests to it. */
class ForeignPageTests {

    private final Logger logger = (Logger) LoggerFactory.getLogger("com.lattestream.test.internal.access");

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private EmbeddedLatteStreamServer engine;

    @BeforeEach
    void start() {
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
        engine = EmbeddedLatteStreamServer.builder()
                .allowedOrigins("https://app.example", "http://dev.example:3000", "HTTP://Default.Example:80")
                .start();
    }

    @AfterEach
    void close() {
        engine.close();
        logger.detachAppender(log);
        logger.setAdditive(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost",
                "http://localhost:8080",
                "https://localhost:8443",
                "http://app.localhost:8080",
                "http://127.0.0.1:3000",
                "http://127.1.2.3",
                "http://[::1]:3000",
                "http://192.168.1.5:8080",
                "http://[fd00::1]",
                "https://app.example",
                "http://dev.example:3000",
                "http://default.example"
            })
    void localPagesAndAllowedOriginsCanDiscoverCallAndConnect(String origin) {
        Response discovered = client().header("Origin", origin).get(discovery());

        assertThat(discovered.status()).isEqualTo(200);
        assertThat(discovered.head())
                .contains("Access-Control-Allow-Origin: " + origin + "\r\n")
                .contains("Vary: Origin");
        String token =
                SignedCall.parse(discovered.body()).path("discovery_token").stringValue();
        assertThat(handshake("Origin: " + origin + "\r\n", token)).contains("101");
        assertThat(token(client().header("Origin", origin)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "https://evil.example:8080",
                "http://app.example",
                "https://app.example:8443",
                "http://dev.example",
                "https://sub.app.example",
                "http://localhost.evil.example",
                "http://127.0.0.1.evil.example",
                "http://evillocalhost",
                "http://999.1.1.1",
                "http://localhost:8080, http://evil.example",
                "http://localhost:8080/path",
                "http://user@localhost:8080",
                "ftp://localhost",
                "chrome-extension://abcdefgh",
                "null",
                "",
                "*"
            })
    void otherPagesAreRejected(String origin) {
        assertForbidden(client().header("Origin", origin).get(discovery()));
        assertForbidden(token(client().header("Origin", origin)));
        assertForbidden(client().header("Origin", origin).send("POST", "/events", "{}"));
        assertForbidden(client().header("Origin", origin).get("/nothing"));
        assertThat(handshake("Origin: " + origin + "\r\n", TestSocket.discoveryToken(engine)))
                .contains("403");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8787",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "sub.app.example",
                "999.1.1.1"
            })
    void hostNamesOfDnsRebindingAreRejected(String host) {
        assertForbidden(client().header("Host", host).get(discovery()));
        assertForbidden(
                client().header("Host", host).header("Origin", "http://" + host).get(discovery()));
        assertForbidden(token(client().header("Host", host)));
        assertForbidden(client().header("Host", host).send("POST", "/events", "{}"));
        assertForbidden(client().header("Host", host).get("/console"));
        assertThat(handshake("Host: " + host + "\r\n", TestSocket.discoveryToken(engine)))
                .contains("403");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOCALHOST",
                "localhost:1",
                "a.b.localhost",
                "127.0.0.1:8787",
                "[::1]:8787",
                "app.example",
                "dev.example:1"
            })
    void localHostNamesAndHostsOfAllowedOriginsAreAccepted(String host) {
        assertThat(client().header("Host", host).get(discovery()).status()).isEqualTo(200);
    }

    @Test
    void hostInTheRequestLineIsVerified() {
        Response response = client().get("http://evil.example" + discovery());

        assertThat(response.status()).isIn(400, 403);
        assertThat(response.body()).doesNotContain("discovery_token");
    }

    @Test
    void severalHostHeadersAreRejected() {
        assertThat(client().header("host", "evil.example").get(discovery()).status())
                .isIn(400, 403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void pagesWithoutAnOriginAreRejected(String site) {
        assertForbidden(client().header("Sec-Fetch-Site", site)
                .header("Sec-Fetch-Mode", "no-cors")
                .get(discovery()));
        assertForbidden(client().header("Sec-Fetch-Site", site)
                .header("Sec-Fetch-Mode", "no-cors")
                .header("Sec-Fetch-Dest", "image")
                .get("/console/stream"));
        assertForbidden(client().header("Sec-Fetch-Site", site)
                .header("Sec-Fetch-Mode", "navigate")
                .header("Sec-Fetch-Dest", "iframe")
                .get("/console"));
    }

    @Test
    void consoleCanBeOpenedFromALinkAndFromTheAddressBar() {
        assertThat(client().header("Sec-Fetch-Site", "cross-site")
                        .header("Sec-Fetch-Mode", "navigate")
                        .header("Sec-Fetch-Dest", "document")
                        .get("/console")
                        .status())
                .isEqualTo(200);
        assertThat(client().header("Sec-Fetch-Site", "none").get("/console").status())
                .isEqualTo(200);
    }

    @Test
    void consoleRejectsAllowedOrigins() {
        assertForbidden(client().header("Origin", "http://localhost:8080").get("/console/stream"));
        assertForbidden(client().header("Origin", "https://app.example").get("/console/stream"));
        assertThat(client().header("Host", "app.example")
                        .header("Origin", "https://app.example")
                        .get("/console")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void preflightRequestsOfAllowedPagesOnlyArePermitted() {
        Response allowed = preflight("http://localhost:8080");
        assertThat(allowed.status()).isEqualTo(204);
        assertThat(allowed.head())
                .contains("Access-Control-Allow-Origin: http://localhost:8080")
                .contains("Access-Control-Allow-Methods: GET, POST")
                .contains("Access-Control-Allow-Headers: Content-Type")
                .doesNotContain("Allow-Credentials");

        assertForbidden(preflight("https://evil.example"));
        assertForbidden(preflight("null"));
    }

    @Test
    void pagesCanReadTheResponseOfAFault() {
        engine.faults().failNext().onPath("/discover").withStatus(503);
        Response failed = client().header("Origin", "http://localhost:8080").get(discovery());

        assertThat(failed.status()).isEqualTo(503);
        assertThat(failed.head()).contains("Access-Control-Allow-Origin: http://localhost:8080");
    }

    @Test
    void programsCanOmitTheOrigin() {
        assertThat(SignedCall.trigger(engine, "chat", "message", "1").path("triggered"))
                .hasToString("0");
        assertThat(client().get(discovery()).head()).doesNotContain("Access-Control");
    }

    @Test
    void rejectionIsLoggedOnceWithTheRemedy() {
        for (int i = 0; i < 3; i++) {
            client().header("Origin", "http://evil.example").get(discovery());
            client().header("Host", "rebound.example").get(discovery());
        }

        assertThat(log.list).hasSize(2).extracting(ILoggingEvent::getLevel).containsOnly(Level.WARN);
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .allMatch(line -> line.contains("allowed origins"))
                .anyMatch(line -> line.contains("http://evil.example"))
                .anyMatch(line -> line.contains("rebound.example"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "*", "null", "app.example", "https://app.example/", "https://*.example", "ftp://a.example"})
    void invalidOriginsAreRejected(String origin) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddedLatteStreamServer.builder().allowedOrigins(List.of(origin)))
                .withMessageContaining("'" + origin + "'");
    }

    private ConsoleClient client() {
        return new ConsoleClient(engine);
    }

    private String discovery() {
        return "/discover?api_key=" + engine.publicKey();
    }

    private Response token(ConsoleClient client) {
        return client.header("Content-Type", "text/plain")
                .send("POST", "/apps/token", "{\"api_key\":\"" + engine.publicKey() + "\",\"socket_id\":\"1.2\"}");
    }

    private Response preflight(String origin) {
        return client().header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .send("OPTIONS", "/apps/token", "");
    }

    private static void assertForbidden(Response response) {
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.head()).doesNotContainIgnoringCase("Access-Control");
        assertThat(response.body()).startsWith("{\"error\":").doesNotContain("token\":");
    }

    /** Returns the first line of the response to a WebSocket handshake. */
    private String handshake(String headers, String token) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), engine.port())) {
            socket.setSoTimeout(10_000);
            String host = headers.contains("Host:") ? "" : "Host: " + engine.endpoint() + "\r\n";
            socket.getOutputStream()
                    .write(("GET /?discovery_token=" + token + " HTTP/1.1\r\n" + host + headers
                                    + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                            .getBytes(UTF_8));
            return String.valueOf(new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine());
        } catch (IOException ex) {
            throw new AssertionError(ex);
        }
    }
}
