package com.lattestream.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.lattestream.test.EmbeddedLatteStreamServer;
import com.lattestream.test.TestSubscriber;
import com.lattestream.testsupport.ProcessedJar;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.SpringProperties;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The application, processed ahead of time with the local engine enabled: the mode and the engine are those with which
 * it is started.
 */
@ExtendWith(OutputCaptureExtension.class)
class AheadOfTimeIT {

    private final HttpClient http = HttpClient.newHttpClient();

    private final EmbeddedLatteStreamServer service =
            EmbeddedLatteStreamServer.builder().start();

    @BeforeEach
    void runProcessed() {
        assumeTrue(
                ClassUtils.isPresent(QuickstartApplication.class.getName() + "__ApplicationContextInitializer", null),
                "The application is processed by mvn verify");
        SpringProperties.setFlag(AotDetector.AOT_ENABLED);
    }

    @AfterEach
    void stop() {
        SpringProperties.setProperty(AotDetector.AOT_ENABLED, null);
        service.close();
    }

    private static ConfigurableApplicationContext start(String... arguments) {
        SpringApplication application = new SpringApplication(QuickstartApplication.class);
        application.setMainApplicationClass(QuickstartApplication.class);
        List<String> all = new ArrayList<>(List.of("--server.port=0"));
        all.addAll(List.of(arguments));
        return application.run(all.toArray(String[]::new));
    }

    @Test
    void theJarStartsWithIt(@TempDir Path folder) throws Exception {
        try (ProcessedJar jar = ProcessedJar.start("QuickstartApplication", folder.resolve("output"))) {
            assertThatTheEngineIsUsed(jar.port());
            assertThatAuthorizationNeedsAUser(jar.port());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"log", "none"})
    void theEngineIsUsedInTheOtherModesToo(String mode) throws Exception {
        try (ConfigurableApplicationContext application = start("--lattestream.mode=" + mode)) {
            assertThatTheEngineIsUsed(port(application));
            assertThatAuthorizationNeedsAUser(port(application));
        }
    }

    private void assertThatTheEngineIsUsed(int port) throws Exception {
        JsonNode settings = JsonMapper.shared()
                .readTree(send(port, "/client-settings", null).body());
        try (TestSubscriber browser = TestSubscriber.builder(
                        settings.path("endpoint").stringValue(),
                        settings.path("key").stringValue())
                .connect()) {
            browser.subscribe("chat");
            assertThat(postMessage(port)).isEqualTo(202);
            assertThat(browser.awaitEvent("chat", "message").data()).contains("Hello");
        }
    }

    @Test
    void theServiceIsUsedWithoutTheEngine() throws Exception {
        try (ConfigurableApplicationContext application = start(
                "--lattestream.engine.enabled=false",
                "--lattestream.secret=" + service.secret(),
                "--lattestream.public-key=" + service.publicKey(),
                "--lattestream.endpoint=" + service.endpoint(),
                "--lattestream.use-tls=false")) {
            assertThat(postMessage(port(application))).isEqualTo(202);
            assertThat(service.events())
                    .singleElement()
                    .satisfies(event -> assertThat(event.channels()).containsExactly("chat"));
            assertThatAuthorizationNeedsAUser(port(application));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"log", "none"})
    void nothingIsSentInTheOtherModes(String mode, CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext application = start(
                "--lattestream.engine.enabled=false",
                "--lattestream.mode=" + mode,
                "--lattestream.secret=" + service.secret(),
                "--lattestream.public-key=" + service.publicKey(),
                "--lattestream.endpoint=" + service.endpoint(),
                "--lattestream.use-tls=false")) {
            assertThat(postMessage(port(application))).isEqualTo(202);
            assertThat(service.requests()).isEmpty();
            assertThat(output).contains("'lattestream.mode' is " + mode);
            assertThat(output.getOut().contains("Not sent: ")).isEqualTo(mode.equals("log"));
            assertThatAuthorizationNeedsAUser(port(application));
        }
    }

    // the quickstart has no login
    private void assertThatAuthorizationNeedsAUser(int port) throws Exception {
        HttpResponse<String> refused = send(port, "/auth", "{\"socket_id\":\"1.2\",\"channel_name\":\"private-chat\"}");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("Only authenticated users may subscribe");
    }

    private static int port(ConfigurableApplicationContext application) {
        return application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private int postMessage(int port) throws Exception {
        return send(port, "/messages", "{\"text\":\"Hello\"}").statusCode();
    }

    private HttpResponse<String> send(int port, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        if (body != null) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
