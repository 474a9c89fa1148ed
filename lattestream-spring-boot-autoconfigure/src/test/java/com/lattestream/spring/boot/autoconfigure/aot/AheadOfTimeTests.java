package com.lattestream.spring.boot.autoconfigure.aot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lattestream.spring.boot.autoconfigure.StubService;
import com.lattestream.testsupport.ProcessedApplication;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The values of properties when the application starts count, and not those when it was processed ahead of time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class AheadOfTimeTests {

    private static final String HEALTH = "--management.health.redis.enabled=false";

    private ProcessedApplication application;

    @BeforeAll
    void process(@TempDir Path directory) throws IOException {
        application = ProcessedApplication.process(AotApplication.class, directory, HEALTH);
    }

    @AfterAll
    void close() throws IOException {
        application.close();
    }

    @Test
    void remote() throws Exception {
        try (StubService service = StubService.start()) {
            service.respondingWith(AheadOfTimeTests::respond);

            assertThat(probe(
                            "--lattestream.secret=lsk_test",
                            "--lattestream.endpoint=" + service.endpoint(),
                            "--lattestream.use-tls=false"))
                    .contains("aot=true mode=REMOTE client=DefaultLatteStreamClient delivered=2 engine=none")
                    .contains("own=200 foreign=403 health=200");
            assertThat(service.requests()).isNotEmpty();
        }
    }

    private static void respond(HttpExchange exchange) throws IOException {
        byte[] body = (exchange.getRequestURI().getPath().endsWith("/auth") ? "{\"auth\":\"1.2:x\"}" : "{}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "log"})
    void nothingIsSent(String mode) throws Exception {
        try (StubService service = StubService.start()) {
            assertThat(probe(
                            "--lattestream.mode=" + mode,
                            "--lattestream.secret=lsk_test",
                            "--lattestream.endpoint=" + service.endpoint(),
                            "--lattestream.use-tls=false"))
                    .contains("aot=true")
                    .contains(
                            "client=" + (mode.equals("log") ? "LoggingL" : "OfflineL") + "atteStreamClient delivered=2")
                    .contains("engine=none own=200 foreign=403 health=200");
            assertThat(service.requests()).isEmpty();
        }
    }

    @Test
    void theLocalEngine() throws Exception {
        assertThat(probe("--lattestream.engine.enabled=true"))
                .contains("aot=true")
                .contains("client=DefaultLatteStreamClient delivered=2 engine=2 own=200 foreign=403 health=200");
    }

    @Test
    void authorizationsAreSignedLocally() throws Exception {
        assertThat(probe("--lattestream.mode=none", "--lattestream.secret=lsk_test", "--lattestream.auth.mode=local"))
                .contains("own=200 foreign=403");
    }

    @Test
    void withoutASecretTheStartFails() {
        assertThatThrownBy(() -> probe())
                .rootCause()
                .hasMessageContaining("The property 'lattestream.secret' is not set");
    }

    @Test
    void anEngineThatWasSwitchedOnWhenItWasProcessedCanBeSwitchedOff(@TempDir Path directory) throws Exception {
        try (ProcessedApplication processed = ProcessedApplication.process(
                AotApplication.class,
                directory,
                HEALTH,
                "--lattestream.engine.enabled=true",
                "--lattestream.mode=log")) {
            assertThat(processed.call(
                            AotApplication.class,
                            "probe",
                            HEALTH,
                            "--lattestream.mode=none",
                            "--lattestream.secret=lsk_test"))
                    .contains("client=OfflineLatteStreamClient")
                    .contains("engine=none");
        }
    }

    private String probe(String... arguments) throws ReflectiveOperationException {
        String[] all = new String[arguments.length + 1];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = HEALTH;
        return application.call(AotApplication.class, "probe", all);
    }
}
