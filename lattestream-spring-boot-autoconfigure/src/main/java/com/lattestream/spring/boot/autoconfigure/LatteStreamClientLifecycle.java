package com.lattestream.spring.boot.autoconfigure;

import com.lattestream.core.LatteStreamClient;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.ExecutorConfigurationSupport;

/**
 * Delivers queued events when the application stops, for at most the close timeout: after the web server has completed
 * its last request and the task executors have run their last task, and before beans are destroyed. The clients
 * themselves are closed by their destruction, so that an application that is started or resumed again uses the same
 * clients.
 */
final class LatteStreamClientLifecycle implements SmartLifecycle {

    // phases are stopped in descending order: listeners and web server, then executors, then this lifecycle
    static final int PHASE = ExecutorConfigurationSupport.DEFAULT_PHASE - 1024;

    private static final Logger logger = LoggerFactory.getLogger(LatteStreamClientLifecycle.class);

    private final Supplier<List<LatteStreamClient>> clients;

    // clients that have used up the close timeout
    private final Set<LatteStreamClient> exhausted = ConcurrentHashMap.newKeySet();

    private volatile boolean running;

    /** Creates a lifecycle of the clients that exist when the application stops. */
    LatteStreamClientLifecycle(Supplier<List<LatteStreamClient>> clients) {
        this.clients = clients;
    }

    @Override
    public void start() {
        exhausted.clear();
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

    /**
     * Delivers queued events before the application stops, and waits for at most the close timeout. A client that has
     * used up that time is not waited for again when the application stops.
     */
    void drain(List<LatteStreamClient> early) {
        CompletableFuture.allOf(early.stream()
                        .map(client -> drain(client).thenAccept(complete -> {
                            if (!complete) {
                                exhausted.add(client);
                            }
                        }))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private CompletableFuture<Void> flush() {
        running = false;
        return CompletableFuture.allOf(clients.get().stream()
                .filter(client -> !exhausted.contains(client))
                .map(LatteStreamClientLifecycle::drain)
                .toArray(CompletableFuture[]::new));
    }

    // never fails, because a failure here must not prevent the rest of the application from stopping
    private static CompletableFuture<Boolean> drain(LatteStreamClient client) {
        try {
            CompletableFuture<Boolean> drain = client.drain();
            if (drain == null) {
                // a mock returns null
                return CompletableFuture.completedFuture(true);
            }
            return drain.handle((complete, failure) -> {
                // the future of a mock completes with null
                boolean drained = failure == null && !Boolean.FALSE.equals(complete);
                if (!drained) {
                    report(client, failure);
                }
                return drained;
            });
        } catch (RuntimeException ex) {
            logger.debug("The queue of a LatteStream client was not drained: the client is closed", ex);
            return CompletableFuture.completedFuture(true);
        }
    }

    private static void report(LatteStreamClient client, @Nullable Throwable failure) {
        logger.warn(
                "LatteStream client '{}' did not deliver all queued events while the application was stopping. The rest fails"
                        + " when the client is closed, and is sent if the application is started again. To wait longer,"
                        + " increase 'lattestream.close-timeout'",
                client.name(),
                failure);
    }
}
