package com.lattestream.spring.boot.autoconfigure.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.webhook.WebhookEvent;
import com.lattestream.test.EmbeddedLatteStream;
import com.lattestream.test.EmbeddedLatteStreamServer;
import com.lattestream.test.TestSubscriber;
import com.lattestream.test.internal.application.ApplicationServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Webhooks of a local engine to an application that serves HTTPS with a certificate that no authority has issued. */
class HttpsApplicationWebhookTests {

    private static final String PASSWORD = "changeit";

    @TempDir
    static Path directory;

    private static Path keyStore;

    private static Path otherKeyStore;

    private static Path trustStore;

    private static Path otherTrustStore;

    @BeforeAll
    static void makeCertificates() throws Exception {
        keyStore = makeCertificate("application.p12");
        otherKeyStore = makeCertificate("other.p12");
        trustStore = trusting(keyStore);
        otherTrustStore = trusting(otherKeyStore);
    }

    private static Path trusting(Path keyStore) throws Exception {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry(
                "trusted",
                KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray()).getCertificate("https"));
        Path file = directory.resolve("trusting-" + keyStore.getFileName());
        try (OutputStream output = Files.newOutputStream(file)) {
            trust.store(output, PASSWORD.toCharArray());
        }
        return file;
    }

    private static Path makeCertificate(String name) throws IOException, InterruptedException {
        Path file = directory.resolve(name);
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "https",
                        "-keyalg",
                        "EC",
                        // not the name by which the engine reaches it
                        "-dname",
                        "CN=app.example",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        return file;
    }

    private static ConfigurableApplicationContext start(List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("--server.port=0", "--lattestream.engine.enabled=true"));
        all.addAll(arguments);
        return new SpringApplicationBuilder(Application.class)
                .bannerMode(Banner.Mode.OFF)
                .run(all.toArray(String[]::new));
    }

    private static List<String> keyStore(Path file) {
        return List.of("--server.ssl.key-store=file:" + file, "--server.ssl.key-store-password=" + PASSWORD);
    }

    private static List<String> keyStoreAnd(String... others) {
        List<String> all = new ArrayList<>(keyStore(keyStore));
        all.addAll(List.of(others));
        return all;
    }

    private static void assertThatWebhooksArrive(EmbeddedLatteStreamServer engine, Listener listener) {
        try (TestSubscriber subscriber = TestSubscriber.connect(engine)) {
            subscriber.subscribe("news");
            await().untilAsserted(
                            () -> assertThat(listener.received).contains(new WebhookEvent.ChannelOccupied("news")));
        }
    }

    private static void assertThatWebhooksArrive(List<String> arguments, String url) {
        try (ConfigurableApplicationContext application = start(arguments)) {
            EmbeddedLatteStreamServer engine = application.getBean(EmbeddedLatteStreamServer.class);
            String port = application.getEnvironment().getProperty("local.server.port");

            assertThatWebhooksArrive(engine, application.getBean(Listener.class));
            assertThat(engine.webhookUrl()).hasValue(url.replace("PORT", port));
        }
    }

    @Test
    void theCertificateOfAKeyStoreIsTrusted() {
        assertThatWebhooksArrive(
                keyStoreAnd("--server.servlet.context-path=/app", "--spring.mvc.servlet.path=/api"),
                "https://localhost:PORT/app/api/webhooks/lattestream");
    }

    @Test
    void theCertificateOfABundleIsTrusted() {
        assertThatWebhooksArrive(
                List.of(
                        "--server.ssl.bundle=own",
                        "--spring.ssl.bundle.jks.own.key.alias=https",
                        "--spring.ssl.bundle.jks.own.keystore.location=file:" + keyStore,
                        "--spring.ssl.bundle.jks.own.keystore.password=" + PASSWORD),
                "https://localhost:PORT/webhooks/lattestream");
    }

    @Test
    void aServerThatRequiresACertificateOfClientsGetsTheOwnOneOfTheApplication() {
        assertThatWebhooksArrive(
                keyStoreAnd(
                        "--server.ssl.client-auth=need",
                        "--server.ssl.trust-store=file:" + trustStore,
                        "--server.ssl.trust-store-password=" + PASSWORD),
                "https://localhost:PORT/webhooks/lattestream");
    }

    @Test
    void aServerThatWouldLikeACertificateOfClientsGetsNone() {
        assertThatWebhooksArrive(
                keyStoreAnd(
                        "--server.ssl.client-auth=want",
                        "--server.ssl.trust-store=file:" + otherTrustStore,
                        "--server.ssl.trust-store-password=" + PASSWORD),
                "https://localhost:PORT/webhooks/lattestream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.2", "0.0.0.0"})
    void theServersAddressIsUsed(String address) {
        assertThatWebhooksArrive(
                keyStoreAnd("--server.address=" + address),
                "https://" + (address.startsWith("0") ? "localhost" : address) + ":PORT/webhooks/lattestream");
    }

    @Test
    void noOtherCertificateIsTrusted() throws Exception {
        try (ConfigurableApplicationContext application = start(keyStore(keyStore));
                ConfigurableApplicationContext other = start(keyStore(otherKeyStore))) {
            ApplicationServer server = ApplicationServer.of(application).orElseThrow();
            int port = other.getEnvironment().getRequiredProperty("local.server.port", Integer.class);

            try (SSLSocket socket =
                    (SSLSocket) server.sslContext().getSocketFactory().createSocket("localhost", port)) {
                assertThatExceptionOfType(SSLHandshakeException.class)
                        .isThrownBy(socket::startHandshake)
                        .withMessageContaining("not in the key store of the application");
            }
        }
    }

    @Test
    void withoutHttpsTheSchemeIsHttp() {
        assertThatWebhooksArrive(
                keyStoreAnd("--server.ssl.enabled=false"), "http://localhost:PORT/webhooks/lattestream");
    }

    @Nested
    @EmbeddedLatteStream(webhookPath = "/webhooks/lattestream")
    @SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, classes = Application.class)
    class InATest {

        @DynamicPropertySource
        static void https(DynamicPropertyRegistry registry) {
            registry.add("server.ssl.key-store", () -> "file:" + keyStore);
            registry.add("server.ssl.key-store-password", () -> PASSWORD);
        }

        @Test
        void theEngineOfTheTestSendsToThePathOfTheAnnotation(
                @Autowired EmbeddedLatteStreamServer engine, @Autowired Listener listener) {
            assertThatWebhooksArrive(engine, listener);
            assertThat(engine.webhookUrl().orElseThrow()).startsWith("https://localhost:");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Listener.class)
    static class Application {

        @Bean
        SecurityFilterChain denyAllRequests(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().denyAll())
                    .build();
        }
    }

    static class Listener {

        final List<WebhookEvent> received = new CopyOnWriteArrayList<>();

        @EventListener
        void on(WebhookEvent event) {
            received.add(event);
        }
    }
}
