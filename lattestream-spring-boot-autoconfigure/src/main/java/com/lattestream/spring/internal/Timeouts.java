package com.lattestream.spring.internal;

import com.lattestream.core.internal.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Limits the time of futures. The threads end if there are no more timeouts. The thread of the JDK's
 * {@link CompletableFuture#orTimeout} never ends, and refers to the class loader of the first application that uses it,
 * even after the application has been replaced. Thread-safe.
 */
public final class Timeouts {

    private static final ScheduledExecutorService TIMER = DaemonThreads.idleScheduler("lattestream-timeout");

    // application code may block all threads of the JDK's common pool
    private static final Executor COMPLETIONS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), Timeouts::thread);

    private Timeouts() {}

    /**
     * Completes a future with a {@link TimeoutException} if it is not completed in time. Its dependents then run on a
     * thread of their own, and may block: the one thread of all timeouts never completes a future.
     * @param future the future
     * @param timeout the time from now on
     * @param <T> the type of the result
     * @return the same future
     */
    public static <T extends @Nullable Object> CompletableFuture<T> orTimeout(
            CompletableFuture<T> future, Duration timeout) {
        if (!future.isDone()) {
            Future<?> timer = TIMER.schedule(
                    () -> CompletableFuture.runAsync(
                            () -> future.completeExceptionally(new TimeoutException("No result within " + timeout)),
                            COMPLETIONS),
                    timeout.toMillis(),
                    TimeUnit.MILLISECONDS);
            future.whenComplete((result, failure) -> timer.cancel(false));
        }
        return future;
    }

    private static Thread thread(Runnable task) {
        // neither thread-locals nor the class loader of the application that started the thread of the timeouts
        Thread thread = new Thread(null, task, "lattestream-expiry", 0, false);
        thread.setContextClassLoader(Timeouts.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }
}
