package com.lattestream.modulith;

import static com.lattestream.test.LatteStreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

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
class BroadcastAfterCrashTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final EmbeddedLatteStreamServer engine =
            EmbeddedLatteStreamServer.builder().start();

    private String databaseUrl;

    @BeforeEach
    void place(@TempDir Path directory) {
        // commits are written to disk, as by a database in a process of its own
        databaseUrl = "jdbc:h2:file:" + directory.resolve("shop") + ";WRITE_DELAY=0";
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void eventsNotDeliveredBeforeACrashAreDeliveredAfterTheRestart() throws Exception {
        try (ShopProcess crashing = new ShopProcess(engine, databaseUrl)) {
            crashing.send("ship 1");
            assertThat(engine).within(TIMEOUT).hasTriggered("private-order-1", "shipped");
            crashing.send("wait 0");

            engine.faults().failAll().onPath("/batch_events").withStatus(503);
            crashing.send("ship 2");
            crashing.send("ship 2");
            crashing.send("pack 3");
            crashing.send("lose 4");
            crashing.awaitOutput("[delivery_interrupted]");
            assertThat(crashing.output()).noneMatch(line -> line.contains("asynchronous listener"));
            crashing.send("ship 5");
            crashing.kill();
        }
        assertThat(incomplete()).hasSize(4);

        engine.faults().clear();
        try (ShopProcess restarted = new ShopProcess(engine, databaseUrl)) {
            assertThat(engine)
                    .within(TIMEOUT)
                    .hasTriggeredCount("private-order-2", "shipped", 2)
                    .hasTriggeredJson("private-order-3", "packed", "{\"orderId\":3}")
                    .hasTriggered("private-order-5", "shipped");
            restarted.stop();
        }

        assertThat(incomplete()).isEmpty();
        assertThat(engine)
                .hasTriggeredCount("private-order-1", "shipped", 1)
                .hasTriggeredCount("private-order-2", "shipped", 2)
                .hasTriggeredCount("private-order-3", "packed", 1)
                .hasNotTriggered("private-order-4");
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
