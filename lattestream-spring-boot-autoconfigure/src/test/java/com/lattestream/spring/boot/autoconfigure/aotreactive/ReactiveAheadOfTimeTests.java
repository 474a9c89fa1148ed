package com.lattestream.spring.boot.autoconfigure.aotreactive;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.spring.boot.autoconfigure.StubService;
import com.lattestream.testsupport.ProcessedApplication;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An application on Spring WebFlux, processed ahead of time: it uses the properties with which it is started. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class ReactiveAheadOfTimeTests {

    private static final List<String> COMMON =
            List.of("--server.port=0", "--management.health.redis.enabled=false", "--lattestream.secret=lsk_test");

    private static final String AUTHORIZED = "json=200/403/401 form=200/403/401 order={\"orderId\":7}";

    private ProcessedApplication application;

    @BeforeAll
    @Timeout(120)
    void process(@TempDir Path directory) throws IOException {
        application = ProcessedApplication.process(
                ReactiveAotApplication.class, directory, "--management.health.redis.enabled=false");
    }

    @AfterAll
    void close() throws IOException {
        application.close();
    }

    @Test
    void theServiceIsUsed() throws Exception {
        try (StubService service = StubService.start()) {
            service.respondingWith(ReactiveAheadOfTimeTests::respond);

            assertThat(probe("--lattestream.endpoint=" + service.endpoint(), "--lattestream.use-tls=false"))
                    .contains("aot=true mode=REMOTE client=DefaultLatteStreamClient delivered=2 engine=none")
                    .contains(AUTHORIZED)
                    .endsWith("webhook=forged 401, signed 204 received=[listener orders]");
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
    @CsvSource({"none, OfflineLatteStreamClient", "log, LoggingLatteStreamClient"})
    void nothingIsSentInTheOtherModes(String mode, String client) throws Exception {
        try (StubService service = StubService.start()) {
            assertThat(probe(
                            "--lattestream.mode=" + mode,
                            "--lattestream.endpoint=" + service.endpoint(),
                            "--lattestream.use-tls=false"))
                    .contains("aot=true")
                    .contains("client=" + client + " delivered=2 engine=none")
                    .contains(AUTHORIZED)
                    .endsWith("webhook=forged 401, signed 204 received=[listener orders]");
            assertThat(service.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"remote", "log", "none"})
    void theEngineIsUsedInEveryMode(String mode) throws Exception {
        assertThat(probe("--lattestream.engine.enabled=true", "--lattestream.mode=" + mode))
                .contains("aot=true")
                .contains("client=DefaultLatteStreamClient delivered=2 engine=2")
                .contains(AUTHORIZED)
                .endsWith("webhook=forged 401, from the engine received=[listener orders]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"value", "mono"})
    void aControllerHandlesTheWebhooksOfTheEngine(String handler) throws Exception {
        assertThat(probe("--lattestream.engine.enabled=true", "--lattestream.webhook.path=/webhooks/" + handler))
                .contains("aot=true")
                .endsWith("webhook=forged 401, from the engine received=[listener orders, handler " + handler + "]");
    }

    @Test
    void authorizationsAreSignedLocally() throws Exception {
        assertThat(probe("--lattestream.mode=none", "--lattestream.auth.mode=local"))
                .contains(AUTHORIZED);
    }

    private String probe(String... arguments) throws ReflectiveOperationException {
        return application.call(
                ReactiveAotApplication.class,
                "probe",
                Stream.concat(COMMON.stream(), Stream.of(arguments)).toArray(String[]::new));
    }
}
