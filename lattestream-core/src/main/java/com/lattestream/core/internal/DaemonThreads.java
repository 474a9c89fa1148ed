package com.lattestream.core.internal;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/** Makes executors whose threads do not keep a program alive. */
public final class DaemonThreads {

    private static final long KEEP_ALIVE_SECONDS = 10;

    private DaemonThreads() {}

    /**
     * Makes a scheduler with a single thread.
     * @param name the thread's name
     * @return a new executor
     */
    public static ScheduledExecutorService scheduler(String name) {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, clientThreads(name));
        // nearly every timeout is cancelled: it must not stay behind
        scheduler.setRemoveOnCancelPolicy(true);
        return scheduler;
    }

    /**
     * Creates a scheduler whose thread ends when there is nothing to run, so that nobody has to shut it down.
     * @param name the thread's name
     * @return a new executor
     */
    public static ScheduledExecutorService idleScheduler(String name) {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, clientThreads(name));
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setKeepAliveTime(1, TimeUnit.SECONDS);
        scheduler.allowCoreThreadTimeOut(true);
        return scheduler;
    }

    /**
     * Makes an executor with as many threads as there are tasks at once: one that blocks holds up no other.
     * @param name how the threads' names begin
     * @return a new executor
     */
    public static ExecutorService onDemand(String name) {
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                KEEP_ALIVE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                callbackThreads(name));
    }

    /**
     * Makes threads on which nothing may wait for the service.
     * @param name how the threads' names begin
     * @return a new factory
     */
    public static ThreadFactory clientThreads(String name) {
        return numbered(name, ClientThread::new);
    }

    private static ThreadFactory callbackThreads(String name) {
        return numbered(name, (task, numberedName) -> {
            Thread thread = new Thread(task, numberedName);
            thread.setDaemon(true);
            return thread;
        });
    }

    private static ThreadFactory numbered(String name, BiFunction<Runnable, String, Thread> thread) {
        AtomicInteger count = new AtomicInteger();
        return task -> thread.apply(task, name + "-" + count.incrementAndGet());
    }
}
