package com.lattestream.core.internal.delivery;

import com.lattestream.core.internal.resilience.ServiceCircuitBreaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks when the circuit breaker permits requests again. A circuit breaker changes its state only when it is
 * queried, so one timer queries it for all tasks. Thread-safe.
 */
final class PermissionPoll {

    /** The time between two queries. */
    static final Duration INTERVAL = Duration.ofMillis(100);

    private static final Logger logger = LoggerFactory.getLogger(PermissionPoll.class);

    private final ServiceCircuitBreaker breaker;

    private final CoalescedTask poll;

    // guarded by itself
    private final Set<Runnable> waiting = new LinkedHashSet<>();

    PermissionPoll(ServiceCircuitBreaker breaker, ScheduledExecutorService scheduler) {
        this.breaker = breaker;
        this.poll = new CoalescedTask(scheduler, this::poll);
    }

    /**
     * Runs a task when a request may be sent, on the scheduler's thread. Another task may have used the permission by
     * then.
     * @param task the task, which is run once even if it is passed several times before; it is not run if the client is
     * closed
     */
    void whenPermitted(Runnable task) {
        synchronized (waiting) {
            waiting.add(task);
        }
        poll.schedule(INTERVAL.toNanos());
    }

    private void poll() {
        if (!breaker.isCallPermitted()) {
            poll.schedule(INTERVAL.toNanos());
            return;
        }
        List<Runnable> permitted;
        synchronized (waiting) {
            permitted = new ArrayList<>(waiting);
            waiting.clear();
        }
        for (Runnable task : permitted) {
            try {
                task.run();
            } catch (Throwable ex) {
                // the other tasks must not be lost
                logger.error(
                        "A task failed that resumes sending after the circuit breaker has permitted it; the other tasks continue",
                        ex);
            }
        }
    }
}
