package com.lattestream.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import com.lattestream.core.LatteStreamConnectionException;
import com.lattestream.core.LatteStreamTemplate;
import com.sun.net.httpserver.HttpsExchange;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class LatteStreamSslTests {

    private static final String PASSWORD = "changeit";

    @TempDir
    static Path directory;

    private static Path keyStore;

    private final AtomicReference<SSLSession> session = new AtomicReference<>();

    private StubService service;

    private ApplicationContextRunner runner;

    @BeforeAll
    static void makeCertificate() throws Exception {
        keyStore = makeCertificate("service.p12");
    }

    private static Path makeCertificate(String name) throws Exception {
        Path file = directory.resolve(name);
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
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

    @BeforeEach
    void startService() throws Exception {
        service = StubService.startWithTls(serverContext(keyStore)).respondingWith(exchange -> {
            session.set(((HttpsExchange) exchange).getSSLSession());
            StubService.respond(exchange, 200);
        });
        runner = new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(SslAutoConfiguration.class, LatteStreamAutoConfiguration.class))
                .withPropertyValues(
                        "lattestream.secret=lsk_test_of_tls",
                        "lattestream.endpoint=" + service.endpoint(),
                        "lattestream.retry.max-retries=0",
                        "spring.ssl.bundle.jks.service.truststore.location=file:" + keyStore,
                        "spring.ssl.bundle.jks.service.truststore.password=" + PASSWORD);
    }

    @AfterEach
    void stopService() {
        service.close();
    }

    @Test
    void theBundleDeterminesTheTrustedCertificates() {
        runner.withPropertyValues("lattestream.ssl.bundle=service").run(context -> {
            trigger(context.getBean(LatteStreamTemplate.class));
            assertThat(service.requests()).hasSize(1);
        });
    }

    @Test
    void theBundleDeterminesTheProtocolVersionsAndCiphers() {
        runner.withPropertyValues(
                        "lattestream.ssl.bundle=service",
                        "spring.ssl.bundle.jks.service.options.enabled-protocols=TLSv1.2",
                        "spring.ssl.bundle.jks.service.options.ciphers=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384")
                .run(context -> {
                    trigger(context.getBean(LatteStreamTemplate.class));
                    assertThat(session.get().getProtocol()).isEqualTo("TLSv1.2");
                    assertThat(session.get().getCipherSuite()).isEqualTo("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
                });
    }

    @Test
    void withoutABundleAnUnknownCertificateIsNotTrusted() {
        runner.run(context -> {
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> trigger(context.getBean(LatteStreamTemplate.class)))
                    .withCauseInstanceOf(LatteStreamConnectionException.class);
            assertThat(service.requests()).isEmpty();
        });
    }

    @Test
    void newConnectionsUseTheCertificatesOfAReloadedBundle() throws Exception {
        Path trusted = directory.resolve("trusted.p12");
        Files.copy(keyStore, trusted, StandardCopyOption.REPLACE_EXISTING);
        Path renewed = makeCertificate("renewed.p12");
        try (StubService renewedService = StubService.startWithTls(serverContext(renewed))) {
            runner.withPropertyValues(
                            "lattestream.ssl.bundle=service",
                            "lattestream.endpoint=" + renewedService.endpoint(),
                            "spring.ssl.bundle.watch.file.quiet-period=10ms",
                            "spring.ssl.bundle.jks.service.reload-on-update=true",
                            "spring.ssl.bundle.jks.service.truststore.location=file:" + trusted)
                    .run(context -> {
                        LatteStreamTemplate template = context.getBean(LatteStreamTemplate.class);
                        assertThat(template.trigger("chat", "message", 1)).failsWithin(Duration.ofSeconds(10));

                        Files.copy(renewed, trusted, StandardCopyOption.REPLACE_EXISTING);

                        await().atMost(Duration.ofSeconds(30))
                                .until(() -> template.trigger("chat", "message", 2)
                                        .handle((result, failure) -> failure == null)
                                        .join());
                        assertThat(renewedService.requests()).isNotEmpty();
                    });
        }
    }

    @Test
    void aBundleThatCannotBeReloadedKeepsItsCertificates() {
        SslBundle bundle = mock();
        SSLContext first = mock();
        given(bundle.createSslContext()).willReturn(first).willThrow(new IllegalStateException("no certificate"));
        ReloadableSslContext context = new ReloadableSslContext(bundle);

        context.reload("service", bundle);

        assertThat(context.get()).isSameAs(first);
    }

    private static void trigger(LatteStreamTemplate template) {
        template.trigger("chat", "message", 1).join();
    }

    private static SSLContext serverContext(Path keyStore) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
