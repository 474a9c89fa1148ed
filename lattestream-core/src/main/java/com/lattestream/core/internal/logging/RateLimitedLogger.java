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
 * A logger for one line, which has a stable name and a limited rate. The first occurrence is logged immediately. The number of
 * occurrences within the next ten seconds is logged on one line at their end. Thread-safe.
 */
public final class RateLimitedLogger {

    private static final long INTERVAL_SECONDS = 10;

    // the JDK's shared timer would keep the class loader of the first application that uses it
    private static final ScheduledExecutorService TIMER = DaemonThreads.idleScheduler("lattestream-log");

    private final Logger logger;

    private final Level level;

    private final String name;

    private final String unit;

    private final @Nullable Executor afterInterval;

    private volatile @Nullable Future<?> timer;

    private boolean waiting;

    private long heldBack;

    /**
     * Creates a logger that counts the occurrences of its line.
     * @param logger the logger to write to
     * @param level the level
     * @param name the stable name, such as {@code queue_full}
     */
    public RateLimitedLogger(Logger logger, Level level, String name) {
        this(logger, level, name, "occurrences");
    }

    /**
     * Creates a logger that counts items.
     * @param logger the logger to write to
     * @param level the level
     * @param name the stable name, such as {@code queue_full}
     * @param unit the plural noun for the counted items, such as {@code events}
     */
    public RateLimitedLogger(Logger logger, Level level, String name, String unit) {
        this(logger, level, name, unit, null);
    }

    RateLimitedLogger(Logger logger, Level level, String name, String unit, @Nullable Executor afterInterval) {
        this.logger = logger;
        this.level = level;
        this.name = name;
        this.unit = unit;
        this.afterInterval = afterInterval;
    }

    /**
     * Logs the line, or counts the occurrence if the line was logged within the last ten seconds.
     * @param count the number to count
     * @param message creates the text; called only if the line is logged
     */
    public void log(long count, Supplier<String> message) {
        log(count, message, null);
    }

    /**
     * Logs the line, or counts the occurrence if the line was logged within the last ten seconds.
     * @param count the number to count
     * @param message creates the text; called only if the line is logged
     * @param cause the exception to log; null for none
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
            write(message.get(), cause);
        } catch (RuntimeException ex) {
            // the text may contain objects of the application, whose toString may fail
            write("The text of this line could not be created: " + ex.getClass().getName(), cause);
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
     * Logs a line once.
     * @param logger the logger to write to
     * @param level the level
     * @param name the stable name
     * @param message the text
     */
    public static void once(Logger logger, Level level, String name, String message) {
        new RateLimitedLogger(logger, level, name).write(message, null);
    }

    /** Logs the pending number of occurrences, and stops the timer. */
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

    /** Logs the pending number of occurrences immediately. */
    public void flush() {
        long count;
        synchronized (this) {
            count = heldBack;
            heldBack = 0;
        }
        if (count > 0) {
            write("Further " + unit + " within " + INTERVAL_SECONDS + " s: " + count, null);
        }
    }

    private void write(String message, @Nullable Throwable cause) {
        // as a field for structured logging, and in the text for other formats
        logger.atLevel(level).setCause(cause).addKeyValue("event", name).log("[{}] {}", name, message);
    }
}
