package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.lattestream.core.support.StubService;
import com.lattestream.core.support.StubService.Reply;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The output of all loggers, including those of the libraries, at their most detailed level. */
class SecretInLogsTests {

    private static final String SECRET = "lsk_never_to_be_seen";

    private static final String PAYLOAD = "what-alice-wrote";

    private final StubService service = new StubService();

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void theSecretIsNotLoggedAtAnyLevel() {
        // the service echoes the headers of the request, as debugging proxies do
        service.answerInTurn(
                Reply.of(200, "{}"), Reply.of(401, "unknown: " + SECRET), Reply.of(503, "unknown: " + SECRET));
        try (LogLines lines = new LogLines(Level.TRACE)) {
            callThreeTimes(SECRET);

            List<String> logged = lines.events().stream()
                    .map(line -> line.getFormattedMessage()
                            + Arrays.toString(line.getArgumentArray())
                            + line.getKeyValuePairs()
                            + line.getThrowableProxy())
                    .toList();
            assertThat(service.requests())
                    .hasSize(3)
                    .allSatisfy(
                            request -> assertThat(request.headers().values()).contains(SECRET));
            // otherwise no line was inspected
            assertThat(logged).anyMatch(line -> line.contains("X-LatteStream-Timestamp"));
            assertThat(logged).noneMatch(line -> line.contains(SECRET));
            // sixteen bytes a line, so that no line has the whole of it
            assertThat(lines.events()).noneMatch(line -> line.getLoggerName().endsWith(".wire"));
        }
    }

    @Test
    void payloadsAreLoggedAtTraceAndNotBefore() {
        Reply[] answers = {Reply.of(200, "{}"), Reply.of(401, "no"), Reply.of(503, "busy")};
        service.answerInTurn(answers);
        try (LogLines lines = new LogLines(Level.DEBUG)) {
            callThreeTimes(PAYLOAD);
            assertThat(lines.messages())
                    .anyMatch(line -> line.matches("POST /batch_events received status 200 after \\d+ ms"))
                    .noneMatch(line -> line.contains(PAYLOAD));
        }
        service.answerInTurn(answers);
        try (LogLines lines = new LogLines(Level.TRACE)) {
            callThreeTimes(PAYLOAD);
            assertThat(lines.messages())
                    .anyMatch(line -> line.startsWith("POST /batch_events sends {\"batch\"") && line.contains(PAYLOAD));
        }
    }

    private void callThreeTimes(String payload) {
        try (LatteStreamClient client = LatteStreamClient.builder(SECRET)
                .endpoint(service.endpoint())
                .useTls(false)
                .maxRetries(0)
                .retryDelay(Duration.ofMillis(1))
                .build()) {
            client.trigger("chat", "message", payload).join();
            assertThat(client.trigger("chat", "message", payload)).failsWithin(Duration.ofSeconds(10));
            assertThat(client.getUsers("presence-lobby")).failsWithin(Duration.ofSeconds(10));
        }
    }
}
