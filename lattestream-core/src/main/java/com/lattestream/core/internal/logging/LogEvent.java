package com.lattestream.core.internal.logging;

import com.lattestream.core.internal.DaemonThreads;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Something that operators are told of, by a name that stays the same. It is said at once, and what comes of it within
 * the next ten seconds is counted, and said in one line after them: an outage fills no disk, and hides nothing.
 * Thread-safe.
 */
public final class LogEvent {

    private static final long INTERVAL_SECONDS = 10;

    // the JDK's own timer keeps the class loader of the application that has used it first
    private static final ScheduledExecutorService TIMER = DaemonThreads.idleScheduler("lattestream-log");

    private final Logger logger;

    private final Level level;

    private final String name;

    private final @Nullable Executor afterInterval;

    private volatile @Nullable Future<?> timer;

    private boolean waiting;

    private long heldBack;

    /**
     * Creates one.
     * @param logger where to say it
     * @param level how bad it is
     * @param name what it is called, such as {@code queue_full}
     */
    public LogEvent(Logger logger, Level level, String name) {
        this(logger, level, name, null);
    }

    LogEvent(Logger logger, Level level, String name, @Nullable Executor afterInterval) {
        this.logger = logger;
        this.level = level;
        this.name = name;
        this.afterInterval = afterInterval;
    }

    /**
     * Says that it has happened, now or later.
     * @param count how often
     * @param message what to say, if now
     */
    public void log(long count, Supplier<String> message) {
        log(count, message, null);
    }

    /**
     * Says that it has happened, now or later.
     * @param count how often
     * @param message what to say, if now
     * @param cause what to show with it, if now; null for nothing
     */
    public void log(long count, Supplier<String> message, @Nullable Throwable cause) {
        if (!logger.isEnabledForLevel(level)) {
            return;
        }
        synchronized (this) {
            if (waiting) {
                heldBack += count;
                return;
            }
            waiting = true;
        }
        try {
            say(message.get(), cause);
        } catch (RuntimeException ex) {
            // what is said comes from others, who may fail at saying it
            say("It cannot be said what: " + ex.getClass().getName(), cause);
        } finally {
            awaitInterval();
        }
    }

    private void awaitInterval() {
        if (afterInterval == null) {
            timer = TIMER.schedule(this::intervalEnded, INTERVAL_SECONDS, TimeUnit.SECONDS);
        } else {
            afterInterval.execute(this::intervalEnded);
        }
    }

    /**
     * Says something once, for what does not repeat.
     * @param logger where to say it
     * @param level how bad it is
     * @param name what it is called
     * @param message what to say
     */
    public static void once(Logger logger, Level level, String name, String message) {
        new LogEvent(logger, level, name).say(message, null);
    }

    /** Says what is held back, and ends the timer: nothing comes after this, as a rule. */
    public void close() {
        flush();
        Future<?> running = timer;
        if (running != null) {
            running.cancel(false);
        }
        synchronized (this) {
            waiting = false;
        }
    }

    private void intervalEnded() {
        synchronized (this) {
            waiting = heldBack > 0;
            if (!waiting) {
                return;
            }
        }
        flush();
        awaitInterval();
    }

    /** Says what is held back, without waiting any longer. */
    public void flush() {
        long count;
        synchronized (this) {
            count = heldBack;
            heldBack = 0;
        }
        if (count > 0) {
            say(count + " more within " + INTERVAL_SECONDS + " s", null);
        }
    }

    private void say(String message, @Nullable Throwable cause) {
        // as a field for structured logs, and in the text for others
        logger.atLevel(level).setCause(cause).addKeyValue("event", name).log("[{}] {}", name, message);
    }
}
