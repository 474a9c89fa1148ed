package com.lattestream.samples.outbox;

import static com.lattestream.test.LatteStreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lattestream.test.EmbeddedLatteStreamServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The entries of the registry survive the process. */
class CrashTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final EmbeddedLatteStreamServer engine =
            EmbeddedLatteStreamServer.builder().start();

    private String databaseUrl;

    @BeforeEach
    void place(@TempDir Path directory) {
        // commits are written to disk, as by a database in a process of its own
        databaseUrl = "jdbc:h2:file:" + directory.resolve("outbox") + ";WRITE_DELAY=0";
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void eventsNotDeliveredBeforeACrashAreDeliveredAfterTheRestart() throws Exception {
        try (OutboxProcess crashing = new OutboxProcess(engine, databaseUrl)) {
            assertThat(crashing.post("/orders/1/shipped")).isEqualTo(204);
            assertThat(engine).within(TIMEOUT).hasTriggered("private-order-1", "shipped");
            await().atMost(TIMEOUT).until(() -> crashing.get("/outbox").equals("{\"undelivered\":0}"));

            engine.faults().failAll().onPath("/batch_events").withStatus(503);
            assertThat(crashing.post("/orders/2/shipped")).isEqualTo(204);
            assertThat(crashing.post("/orders/3/packed")).isEqualTo(204);
            // the order was shipped before, so the transaction is rolled back, and its event is discarded
            assertThat(crashing.post("/orders/1/shipped")).isEqualTo(409);
            crashing.awaitOutput("[delivery_interrupted]");
            assertThat(crashing.output()).noneMatch(line -> line.contains("asynchronous listener"));
            assertThat(crashing.post("/orders/5/shipped")).isEqualTo(204);
            assertThat(crashing.get("/outbox")).isEqualTo("{\"undelivered\":3}");
            crashing.kill();
        }
        assertThat(incomplete()).hasSize(3);

        engine.faults().clear();
        try (OutboxProcess restarted = new OutboxProcess(engine, databaseUrl)) {
            assertThat(engine)
                    .within(TIMEOUT)
                    .hasTriggeredJson("private-order-2", "shipped", "{\"orderId\":2,\"carrier\":\"DHL\"}")
                    .hasTriggeredJson("private-order-3", "packed", "{\"orderId\":3}")
                    .hasTriggered("private-order-5", "shipped");
            await().atMost(TIMEOUT).until(() -> restarted.get("/outbox").equals("{\"undelivered\":0}"));
            restarted.stop();
        }

        assertThat(incomplete()).isEmpty();
        assertThat(engine)
                .hasTriggeredCount("private-order-1", "shipped", 1)
                .hasTriggeredCount("private-order-2", "shipped", 1)
                .hasTriggeredCount("private-order-3", "packed", 1)
                .hasTriggeredCount("private-order-5", "shipped", 1);
    }

    private List<String> incomplete() throws SQLException {
        List<String> events = new ArrayList<>();
        try (Connection database = DriverManager.getConnection(databaseUrl);
                ResultSet publications = database.createStatement()
                        .executeQuery("SELECT SERIALIZED_EVENT FROM EVENT_PUBLICATION WHERE COMPLETION_DATE IS NULL")) {
            while (publications.next()) {
                events.add(publications.getString(1));
            }
        }
        return events;
    }
}
