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

/** Creates executors with daemon threads, which do not prevent the JVM from exiting. */
public final class DaemonThreads {

    private static final long KEEP_ALIVE_SECONDS = 10;

    private DaemonThreads() {}

    /**
     * Creates a scheduler with a single thread.
     * @param name the name of the thread
     * @return a new executor
     */
    public static ScheduledExecutorService scheduler(String name) {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, clientThreads(name));
        // nearly all timeouts are cancelled, and cancelled tasks must not stay in the queue
        scheduler.setRemoveOnCancelPolicy(true);
        return scheduler;
    }

    /**
     * Creates a scheduler whose thread ends when there is no task, so the scheduler does not have to be shut down.
     * @param name the name of the thread
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
     * Creates an executor that starts a thread whenever all threads are in use, so a task that blocks does not delay
     * others.
     * @param name the prefix of the names of the threads
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
     * Creates threads that must not wait for the service.
     * @param name the prefix of the names of the threads
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
