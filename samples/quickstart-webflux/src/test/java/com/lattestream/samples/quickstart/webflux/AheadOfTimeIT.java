package com.lattestream.samples.quickstart.webflux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.lattestream.test.EmbeddedLatteStreamServer;
import com.lattestream.test.ReceivedEvent;
import com.lattestream.test.TestSubscriber;
import com.lattestream.testsupport.ProcessedJar;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.springframework.http.HttpHeaders;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The application, processed ahead of time with the local engine enabled: the mode and the engine are those with which
 * it is started.
 */
@ExtendWith(OutputCaptureExtension.class)
class AheadOfTimeIT {

    private static final String JSON = "application/json";

    private static final String FORM = "application/x-www-form-urlencoded";

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
            assertThatSubscriptionsAreAuthorized(jar.port());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"remote", "log", "none"})
    void theEngineIsUsedInEveryMode(String mode) throws Exception {
        try (ConfigurableApplicationContext application = start("--lattestream.mode=" + mode)) {
            assertThatTheEngineIsUsed(port(application));
            assertThatSubscriptionsAreAuthorized(port(application));
        }
    }

    /** A message, a note that a method broadcasts, and a webhook to a listener that returns a publisher. */
    private void assertThatTheEngineIsUsed(int port) throws Exception {
        JsonNode settings = JsonMapper.shared()
                .readTree(send(port, "/client-settings", null, null).body());
        try (TestSubscriber browser = TestSubscriber.builder(
                        settings.path("endpoint").stringValue(),
                        settings.path("key").stringValue())
                .authEndpoint("http://localhost:" + port + "/auth", Map.of("Authorization", "Basic " + alice()))
                .connect()) {
            browser.subscribe("chat");
            assertThat(browser.awaitEvent("chat", "message").data()).contains("Welcome");
            assertThat(post(port, "/messages", JSON, "{\"text\":\"Hello\"}").statusCode())
                    .isEqualTo(202);
            assertThat(browser.awaitEvent("chat", "message").data()).contains("Hello");

            browser.subscribe("private-notes-alice");
            assertThat(post(port, "/notes", JSON, "{\"text\":\"Buy milk\"}").statusCode())
                    .isEqualTo(200);
            assertThat(browser.awaitEvent("private-notes-alice", "note").data()).contains("Buy milk");
        }
    }

    @Test
    void theServiceIsUsedWithoutTheEngine() throws Exception {
        try (ConfigurableApplicationContext application = startWithTheService("remote")) {
            int port = port(application);
            service.webhookUrl("http://localhost:" + port + "/webhooks/lattestream");
            try (TestSubscriber browser = TestSubscriber.connect(service)) {
                browser.subscribe("chat");
                assertThat(browser.awaitEvent("chat", "message").data()).contains("Welcome");
            }
            assertThat(post(port, "/messages", JSON, "{\"text\":\"Hello\"}").statusCode())
                    .isEqualTo(202);
            assertThat(post(port, "/notes", JSON, "{\"text\":\"Buy milk\"}").statusCode())
                    .isEqualTo(200);
            await().untilAsserted(() -> assertThat(service.events())
                    .extracting(ReceivedEvent::name)
                    .containsExactly("message", "message", "note"));
            assertThatSubscriptionsAreAuthorized(port);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"log", "none"})
    void nothingIsSentInTheOtherModes(String mode, CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext application = startWithTheService(mode)) {
            int port = port(application);
            assertThat(post(port, "/messages", JSON, "{\"text\":\"Hello\"}").statusCode())
                    .isEqualTo(202);
            assertThat(post(port, "/notes", JSON, "{\"text\":\"Buy milk\"}").statusCode())
                    .isEqualTo(200);
            assertThatSubscriptionsAreAuthorized(port);
            assertThat(service.requests()).isEmpty();
            assertThat(output).contains("'lattestream.mode' is " + mode);
            assertThat(output.getOut().contains("Not sent: ")).isEqualTo(mode.equals("log"));
        }
    }

    private ConfigurableApplicationContext startWithTheService(String mode) {
        return start(
                "--lattestream.engine.enabled=false",
                "--lattestream.mode=" + mode,
                "--lattestream.secret=" + service.secret(),
                "--lattestream.public-key=" + service.publicKey(),
                "--lattestream.endpoint=" + service.endpoint(),
                "--lattestream.use-tls=false");
    }

    private void assertThatSubscriptionsAreAuthorized(int port) throws Exception {
        assertThatOnlyTheOwnerIsAuthorized(port, JSON, "{\"socket_id\":\"1.2\",\"channel_name\":\"private-notes-%s\"}");
        assertThatOnlyTheOwnerIsAuthorized(port, FORM, "socket_id=1.2&channel_name=private-notes-%s");
    }

    private void assertThatOnlyTheOwnerIsAuthorized(int port, String type, String body) throws Exception {
        HttpResponse<String> own = post(port, "/auth", type, body.formatted("alice"));
        assertThat(own.statusCode()).as(own.body()).isEqualTo(200);
        assertThat(own.body()).startsWith("{\"auth\":\"");
        assertThat(post(port, "/auth", type, body.formatted("bob")).statusCode())
                .isEqualTo(403);
        assertThat(send(port, "/auth", type, body.formatted("alice")).statusCode())
                .isEqualTo(401);
    }

    private static int port(ConfigurableApplicationContext application) {
        return application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private static String alice() {
        return HttpHeaders.encodeBasicAuth("alice", "latte", UTF_8);
    }

    /** Posts a body as Alice. */
    private HttpResponse<String> post(int port, String path, String type, String body) throws Exception {
        return send(port, path, type, body, "Authorization", "Basic " + alice());
    }

    private HttpResponse<String> send(int port, String path, String type, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        if (body != null) {
            request.header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body));
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
