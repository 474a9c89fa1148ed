package com.lattestream.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Level;
import com.lattestream.core.crypto.LatteStreamSecret;
import com.lattestream.core.crypto.RequestSigner;
import com.lattestream.core.support.ProxyServer;
import com.lattestream.core.support.StubService;
import com.lattestream.core.support.StubService.Request;
import com.lattestream.core.support.TestCertificate;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The name of the service cannot be resolved here: a request reaches the service only through the proxy. */
class ProxyTests {

    private static final String SECRET = "lsk_never_for_a_proxy";

    private static final String PASSWORD = "open-sesame";

    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString(("alice:" + PASSWORD).getBytes(UTF_8));

    private static final Duration SOON = Duration.ofSeconds(10);

    private final StubService service = new StubService();

    private final ProxyServer proxy =
            new ProxyServer(Integer.parseInt(service.endpoint().replace("localhost:", "")));

    @AfterEach
    void stop() {
        proxy.close();
        service.close();
    }

    private LatteStreamClientBuilder builder() {
        return LatteStreamClient.builder(SECRET)
                .endpoint("service.invalid/base")
                .useTls(false)
                .maxRetries(0)
                .batchInterval(Duration.ofMillis(5))
                .closeTimeout(Duration.ofSeconds(1));
    }

    @Test
    void requestsWithoutTlsNameTheServiceInAnAbsoluteUri() {
        try (LatteStreamClient client =
                builder().proxy("localhost", proxy.port()).build()) {
            assertThat(client.trigger("chat", "message", "hello")).succeedsWithin(SOON);
        }

        assertThat(proxy.heads())
                .singleElement()
                .asString()
                .startsWith("POST http://service.invalid/base/batch_events HTTP/1.1\r\n")
                .doesNotContain("Proxy-Authorization");
        assertThat(service.requests()).singleElement().extracting(Request::path).isEqualTo("/base/batch_events");
    }

    @Test
    void theServiceReceivesTheBytesThatWereSigned() {
        try (LatteStreamClient client =
                builder().proxy("localhost", proxy.port()).build()) {
            assertThat(client.terminateUserConnections("..")).succeedsWithin(SOON);
            assertThat(client.terminateUserConnections("a b/c!'()*~?%2e")).succeedsWithin(SOON);
            assertThat(client.getChannels("a~*,", ChannelAttribute.USER_COUNT)).succeedsWithin(SOON);
            assertThat(client.trigger("chat", "message", "\u00e4\ud83d\ude00")).succeedsWithin(SOON);
        }

        RequestSigner signer = new RequestSigner(LatteStreamSecret.of(SECRET));
        assertThat(service.requests())
                .hasSize(4)
                .allSatisfy(request -> assertThat(request.headers().get("x-lattestream-signature"))
                        .isEqualTo(signer.sign(
                                request.method(),
                                request.path().substring("/base".length()),
                                request.body(),
                                request.headers().get("x-lattestream-timestamp"),
                                request.headers().get("x-lattestream-nonce"))));
        assertThat(service.requests().get(0).path()).contains("/users/%2E%2E/");
    }

    @Test
    void theProxyIsAuthenticatedToAndTheServiceDoesNotSeeThePassword() {
        proxy.requiring(BASIC);
        try (LatteStreamClient client = builder()
                .proxy("localhost", proxy.port())
                .proxyCredentials("alice", PASSWORD)
                .build()) {
            assertThat(client.trigger("chat", "message", 1)).succeedsWithin(SOON);
            assertThat(client.getChannelInfo("chat")).succeedsWithin(SOON);
        }

        assertThat(proxy.heads()).hasSize(2);
        assertThat(service.requests())
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("proxy-authorization"));
    }

    @Test
    void aChallengeWithoutCredentialsIsAnErrorThatNamesTheProxy() {
        proxy.requiring(BASIC);
        try (LatteStreamClient client =
                builder().proxy("localhost", proxy.port()).build()) {
            assertThat(client.trigger("chat", "message", 1))
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(LatteStreamConnectionException.class)
                    .withMessageContaining("the proxy localhost:" + proxy.port() + " responded with status 407")
                    .withMessageContaining("lattestream.proxy.password");
        }
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void neitherPasswordNorSecretAreLoggedOrPrinted() {
        proxy.requiring("Basic something else");
        LatteStreamClientBuilder builder =
                builder().proxy("localhost", proxy.port()).proxyCredentials("alice", PASSWORD);
        String encoded = BASIC.substring("Basic ".length());
        try (LogLines lines = new LogLines(Level.TRACE);
                LatteStreamClient client = builder.build()) {
            Throwable refused = client.trigger("chat", "message", 1)
                    .handle((result, failure) -> failure)
                    .join();
            proxy.requiring(BASIC);
            assertThat(client.trigger("chat", "message", 2)).succeedsWithin(SOON);

            assertThat(refused).hasMessageNotContaining(PASSWORD).hasMessageNotContaining(encoded);
            List<String> logged = lines.events().stream()
                    .map(line -> line.getFormattedMessage()
                            + Arrays.toString(line.getArgumentArray())
                            + line.getThrowableProxy())
                    .toList();
            assertThat(logged)
                    .anyMatch(line -> line.contains("Proxy-Authorization: (not shown)"))
                    .noneMatch(line -> line.contains(PASSWORD) || line.contains(encoded) || line.contains(SECRET));
        }
        assertThat(builder.transportOptions().proxy().toString()).doesNotContain(PASSWORD, encoded, "alice");
    }

    @Test
    void withTlsTheProxySeesNeitherSecretNorPasswordInsideTheTunnel(@TempDir Path directory) throws Exception {
        TestCertificate certificates = new TestCertificate("service.invalid", directory);
        List<String> received = new CopyOnWriteArrayList<>();
        HttpsServer tls = certificates.serve(received);
        String encoded = BASIC.substring("Basic ".length());
        try (ProxyServer tunnel = new ProxyServer(tls.getAddress().getPort()).requiring(BASIC);
                LogLines lines = new LogLines(Level.TRACE);
                LatteStreamClient client = builder()
                        .useTls(true)
                        .endpoint("service.invalid")
                        .sslContext(certificates.trusting())
                        .proxy("localhost", tunnel.port())
                        .proxyCredentials("alice", PASSWORD)
                        .build()) {
            assertThat(client.trigger("chat", "message", "for subscribers only"))
                    .succeedsWithin(SOON);
            assertThat(client.trigger("chat", "message", "for subscribers only"))
                    .succeedsWithin(SOON);

            assertThat(tunnel.heads())
                    .singleElement()
                    .asString()
                    .startsWith("CONNECT service.invalid:443 HTTP/1.1\r\n")
                    .contains("Proxy-Authorization: " + BASIC);
            assertThat(tunnel.seen())
                    .hasSizeGreaterThan(1000)
                    .doesNotContain(SECRET)
                    .doesNotContain("X-LatteStream")
                    .doesNotContain("for subscribers only");
            assertThat(received).hasSize(2).allMatch(headers -> headers.contains(SECRET) && !headers.contains(encoded));
            assertThat(lines.messages())
                    .noneMatch(line -> line.contains(PASSWORD) || line.contains(encoded) || line.contains(SECRET));
        } finally {
            tls.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 407, 503})
    void aTunnelThatIsRefusedIsNoRefusalOfTheService(int status) {
        proxy.refusing(status);
        try (LatteStreamClient client =
                builder().useTls(true).proxy("localhost", proxy.port()).build()) {
            assertThat(client.trigger("chat", "message", 1))
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(
                            LatteStreamConnectionException.class,
                            failure -> assertThat(failure.isAmbiguous()).isFalse())
                    .withMessageContaining("the proxy localhost:" + proxy.port() + " responded with status " + status);
        }
    }

    @Test
    void theConnectionThroughTheProxyIsReused(@TempDir Path directory) throws Exception {
        TestCertificate certificates = new TestCertificate("service.invalid", directory);
        HttpsServer tls = certificates.serve(new CopyOnWriteArrayList<>());
        try (ProxyServer tunnel = new ProxyServer(tls.getAddress().getPort());
                LatteStreamClient client = builder()
                        .useTls(true)
                        .sslContext(certificates.trusting())
                        .proxy("localhost", tunnel.port())
                        .build()) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.trigger("chat", "message", i)).succeedsWithin(SOON);
            }
            assertThat(tunnel.heads()).hasSize(1);
        } finally {
            tls.stop(0);
        }
    }

    @Test
    void nonProxyHostsAreConnectedToDirectly() {
        try (LatteStreamClient client = builder()
                .endpoint(service.endpoint())
                .proxy("localhost", proxy.port())
                .nonProxyHosts("*.example.com", "LOCAL*")
                .build()) {
            assertThat(client.trigger("chat", "message", 1)).succeedsWithin(SOON);
        }
        assertThat(proxy.heads()).isEmpty();
    }

    @Test
    void theSystemPropertiesOfTheJvmApplyByDefault() {
        withSystemProperty(
                "http.proxyHost",
                "localhost",
                () -> withSystemProperty("http.proxyPort", String.valueOf(proxy.port()), () -> {
                    try (LatteStreamClient client = builder().build()) {
                        assertThat(client.trigger("chat", "message", 1)).succeedsWithin(SOON);
                    }
                    assertThat(proxy.heads()).hasSize(1);
                    // localhost is one of the hosts that the JVM excludes by default
                    try (LatteStreamClient client =
                            builder().endpoint(service.endpoint()).build()) {
                        assertThat(client.trigger("chat", "message", 1)).succeedsWithin(SOON);
                    }
                    withSystemProperty("http.nonProxyHosts", "*.invalid", () -> {
                        try (LatteStreamClient client = builder().build()) {
                            assertThat(client.trigger("chat", "message", 1)).failsWithin(SOON);
                        }
                    });
                    assertThat(proxy.heads()).hasSize(1);
                }));
    }

    @Test
    void theSelectorIsInvokedOnceWhileConnectionsSucceed() {
        AtomicInteger asked = new AtomicInteger();
        Selector selector = new Selector(asked, proxy.port());
        try (LatteStreamClient client = builder().proxySelector(selector).build()) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.trigger("chat", "message", i)).succeedsWithin(SOON);
            }
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void theSelectorIsInvokedAgainWhenConnectionsHaveReachedTheirMaximumAge() {
        AtomicInteger asked = new AtomicInteger();
        Selector selector = new Selector(asked, proxy.port());
        try (LatteStreamClient client = builder()
                .proxySelector(selector)
                .connectionMaxAge(Duration.ofMillis(1))
                .build()) {
            assertThat(client.trigger("chat", "message", 1)).succeedsWithin(SOON);
            assertThat(client.trigger("chat", "message", 2)).succeedsWithin(SOON);
        }
        assertThat(asked).hasValueGreaterThan(1);
    }

    @Test
    void theSelectorIsNotifiedOfAFailedConnectionAndInvokedAgain() throws IOException {
        int nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = closed.getLocalPort();
        }
        Selector selector = new Selector(new AtomicInteger(), nobody);
        try (LatteStreamClient client = builder().proxySelector(selector).build()) {
            assertThat(client.trigger("chat", "message", 1)).failsWithin(SOON);
            assertThat(selector.failed).hasSize(1);
            selector.port = proxy.port();
            assertThat(client.trigger("chat", "message", 2)).succeedsWithin(SOON);
        }
    }

    @Test
    void aSelectorThatFailsDoesNotLeadToADirectConnection() {
        ProxySelector broken = new ProxySelector() {

            @Override
            public List<Proxy> select(URI uri) {
                throw new IllegalStateException("broken");
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException ex) {}
        };
        try (LatteStreamClient client =
                builder().endpoint(service.endpoint()).proxySelector(broken).build()) {
            assertThat(client.trigger("chat", "message", 1))
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(LatteStreamConnectionException.class)
                    .withMessageContaining("broken");
        }
        assertThat(service.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://proxy", "user@proxy", "proxy:80", "proxy/path"})
    void anInvalidHostIsRejected(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().proxy(host, 80))
                .withMessageContaining("host of the proxy");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65536})
    void anInvalidPortIsRejected(int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().proxy("proxy", port))
                .withMessageContaining("port of the proxy");
    }

    @Test
    void aUserWithAColonIsRejectedAndNotShown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().proxyCredentials("ali:ce", PASSWORD))
                .withMessageContaining("colon")
                .withMessageNotContaining("ali")
                .withMessageNotContaining(PASSWORD);
    }

    private static void withSystemProperty(String name, String value, Runnable task) {
        String before = System.setProperty(name, value);
        try {
            task.run();
        } finally {
            if (before == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, before);
            }
        }
    }

    private static final class Selector extends ProxySelector {

        private final AtomicInteger asked;

        private final List<URI> failed = new CopyOnWriteArrayList<>();

        private volatile int port;

        private Selector(AtomicInteger asked, int port) {
            this.asked = asked;
            this.port = port;
        }

        @Override
        public List<Proxy> select(URI uri) {
            asked.incrementAndGet();
            return List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("localhost", port)));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException ex) {
            failed.add(uri);
        }
    }
}
