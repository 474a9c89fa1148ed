package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.lattestream.core.support.StubService;
import com.lattestream.core.support.StubService.Reply;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is logged with every logger at its most talkative, those of the libraries included. */
class SecretInLogsTests {

    private static final String SECRET = "lsk_never_to_be_seen";

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    private final Level level = root.getLevel();

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    private final StubService service = new StubService();

    @BeforeEach
    void listen() {
        lines.start();
        root.addAppender(lines);
        root.setLevel(Level.TRACE);
    }

    @AfterEach
    void close() {
        root.setLevel(level);
        root.detachAppender(lines);
        service.close();
    }

    @Test
    void theSecretIsNotLoggedAtAnyLevel() {
        // the service repeats what it was shown, as debugging proxies do
        service.answerInTurn(
                Reply.of(200, "{}"), Reply.of(401, "unknown: " + SECRET), Reply.of(503, "unknown: " + SECRET));
        try (LatteStreamClient client = LatteStreamClient.builder(SECRET)
                .endpoint(service.endpoint())
                .useTls(false)
                .maxRetries(0)
                .retryDelay(Duration.ofMillis(1))
                .build()) {
            client.trigger("chat", "message", 1).join();
            assertThat(client.trigger("chat", "message", 2)).failsWithin(Duration.ofSeconds(10));
            assertThat(client.getUsers("presence-lobby")).failsWithin(Duration.ofSeconds(10));
        }

        List<String> logged = lines.list.stream()
                .map(line -> line.getFormattedMessage()
                        + Arrays.toString(line.getArgumentArray())
                        + line.getThrowableProxy())
                .toList();
        assertThat(service.requests())
                .hasSize(3)
                .allSatisfy(request -> assertThat(request.headers().values()).contains(SECRET));
        // or else nothing was looked at
        assertThat(logged).anyMatch(line -> line.contains("X-LatteStream-Timestamp"));
        assertThat(logged).noneMatch(line -> line.contains(SECRET));
        // sixteen bytes a line, so that no line has the whole of it
        assertThat(lines.list).noneMatch(line -> line.getLoggerName().endsWith(".wire"));
    }
}
