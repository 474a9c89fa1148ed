package com.lattestream.spring.boot.autoconfigure;

import com.lattestream.core.LatteStreamClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.ExecutorConfigurationSupport;

/**
 * Delivers queued events when the application stops: after the web server has answered its last request and the task
 * executors have run their last task, while the beans are all still there. It does not close the clients, which their
 * destruction does, so an application that is started or resumed again goes on with the same ones.
 */
final class LatteStreamClientLifecycle implements SmartLifecycle {

    // stopping goes from the highest phase down: listeners and web server first, then executors, then this
    static final int PHASE = ExecutorConfigurationSupport.DEFAULT_PHASE - 1024;

    private static final long FLUSH_TIMEOUT_SECONDS = 10;

    private static final Logger logger = LoggerFactory.getLogger(LatteStreamClientLifecycle.class);

    private final Supplier<List<LatteStreamClient>> clients;

    private volatile boolean running;

    /** Creates a lifecycle of the clients that exist when the application stops. */
    LatteStreamClientLifecycle(Supplier<List<LatteStreamClient>> clients) {
        this.clients = clients;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        flush().join();
    }

    @Override
    public void stop(Runnable callback) {
        flush().thenRun(callback);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private CompletableFuture<Void> flush() {
        running = false;
        return CompletableFuture.allOf(
                clients.get().stream().map(LatteStreamClientLifecycle::flush).toArray(CompletableFuture[]::new));
    }

    // never fails: whatever happens here must not keep the rest of the application from stopping
    private static CompletableFuture<@Nullable Void> flush(LatteStreamClient client) {
        try {
            CompletableFuture<@Nullable Void> flush = client.flushBatch();
            if (flush == null) {
                // a mock
                return CompletableFuture.completedFuture(null);
            }
            return flush.copy()
                    .orTimeout(FLUSH_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .exceptionally(LatteStreamClientLifecycle::report);
        } catch (RuntimeException ex) {
            logger.debug("There is nothing to deliver: the client has been closed", ex);
            return CompletableFuture.completedFuture(null);
        }
    }

    private static @Nullable Void report(Throwable failure) {
        logger.warn(
                "Queued LatteStream events were not all delivered while stopping, for which there are {} s ({}); closing the"
                        + " client goes on with them",
                FLUSH_TIMEOUT_SECONDS,
                failure.toString());
        return null;
    }
}
