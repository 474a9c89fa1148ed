package com.lattestream.spring.boot.autoconfigure;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamStatistics;
import com.lattestream.core.internal.logging.RateLimitedLogger;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.boot.ExitCodeGenerator;

/**
 * Reports events that were not delivered as the exit code of the application. {@code SpringApplication.exit} requests
 * the code before it closes the application context, so queued events are delivered first, for at most the close
 * timeout.
 */
final class LatteStreamExitCodeGenerator implements ExitCodeGenerator {

    private static final int UNDELIVERED = 1;

    private static final Logger logger = LoggerFactory.getLogger(LatteStreamExitCodeGenerator.class);

    private final Supplier<List<LatteStreamClient>> clients;

    private final LatteStreamClientLifecycle lifecycle;

    LatteStreamExitCodeGenerator(Supplier<List<LatteStreamClient>> clients, LatteStreamClientLifecycle lifecycle) {
        this.clients = clients;
        this.lifecycle = lifecycle;
    }

    @Override
    public int getExitCode() {
        List<LatteStreamClient> existing = clients.get();
        lifecycle.drain(existing);
        int exitCode = 0;
        for (LatteStreamClient client : existing) {
            long undelivered = undelivered(client);
            if (undelivered > 0) {
                exitCode = UNDELIVERED;
                RateLimitedLogger.once(
                        logger,
                        Level.ERROR,
                        "exit_code",
                        "The exit code is " + UNDELIVERED + ", because " + undelivered
                                + " event(s) of client '" + client.name()
                                + "' were not delivered since the start. Check "
                                + "the lines [events_undelivered] for the reasons, and whether " + client.endpoint()
                                + " is reachable. To wait longer for queued events, increase 'lattestream.close-timeout'");
            }
        }
        return exitCode;
    }

    // events that are still queued after the close timeout fail when the client is closed
    private static long undelivered(LatteStreamClient client) {
        LatteStreamStatistics statistics = client.statistics();
        // a mock returns null
        return statistics == null ? 0 : statistics.failed() + statistics.queued() + statistics.inFlight();
    }
}
