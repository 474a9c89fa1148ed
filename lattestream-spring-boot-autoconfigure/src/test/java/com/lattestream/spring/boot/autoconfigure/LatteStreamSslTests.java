package com.lattestream.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lattestream.core.LatteStreamConnectionException;
import com.lattestream.core.LatteStreamTemplate;
import com.sun.net.httpserver.HttpsExchange;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
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
        keyStore = directory.resolve("service.p12");
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
                        keyStore.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
    }

    @BeforeEach
    void startService() throws Exception {
        service = StubService.startWithTls(serverContext()).answering(exchange -> {
            session.set(((HttpsExchange) exchange).getSSLSession());
            StubService.answer(exchange, 200);
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
    void theBundleSaysWhomToTrust() {
        runner.withPropertyValues("lattestream.ssl.bundle=service").run(context -> {
            trigger(context.getBean(LatteStreamTemplate.class));
            assertThat(service.requests()).hasSize(1);
        });
    }

    @Test
    void theBundleSaysWhichVersionsAndCiphersToOffer() {
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

    private static void trigger(LatteStreamTemplate template) {
        template.trigger("chat", "message", 1).join();
    }

    private static SSLContext serverContext() throws Exception {
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
