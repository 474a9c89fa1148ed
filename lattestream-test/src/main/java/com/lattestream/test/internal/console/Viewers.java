package com.lattestream.test.internal.console;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;

/** The pages that are open. While there are any, they are told what is new ten times a second. Thread-safe. */
final class Viewers {

    static final int MAX = 32;

    private static final long TICK_MILLIS = 100;

    private static final int TICKS_PER_STATE = 5;

    /**
     * Who is there, as the pages are told.
     *
     * @param version the number of that state
     * @param json the state as JSON text
     */
    record State(long version, String json) {}

    private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();

    private final String run;

    private final History history;

    private final Roster roster;

    private final Masking masking;

    private final Executor executor;

    private final Scheduler scheduler;

    private boolean running;

    private boolean closed;

    private int ticks;

    private State state = new State(-1, "{}");

    Viewers(String run, History history, Roster roster, Masking masking, Executor executor, Scheduler scheduler) {
        this.run = run;
        this.history = history;
        this.roster = roster;
        this.masking = masking;
        this.executor = executor;
        this.scheduler = scheduler;
    }

    synchronized boolean isFull() {
        return closed || viewers.size() >= MAX;
    }

    synchronized void add(Viewer viewer) {
        viewers.add(viewer);
        if (!running) {
            running = true;
            ticks = 0;
            tick();
        }
    }

    void remove(Viewer viewer) {
        viewers.remove(viewer);
    }

    synchronized void close() {
        closed = true;
        viewers.forEach(Viewer::close);
        viewers.clear();
    }

    private synchronized void tick() {
        if (viewers.isEmpty()) {
            running = false;
            return;
        }
        try {
            // frames are counted in the state, so that it changes with each: not every change is worth a message
            if (ticks++ % TICKS_PER_STATE == 0 && roster.version() != state.version()) {
                long version = roster.version();
                state = new State(version, masking.mask(roster.describe().toString()));
            }
            viewers.forEach(viewer -> viewer.send(run, history, state));
        } finally {
            scheduler.schedule(this::tickElsewhere, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    // the scheduler's one thread is for what takes no time
    private void tickElsewhere() {
        try {
            executor.execute(this::tick);
        } catch (RejectedExecutionException ex) {
            // the server stops, and the pages with it
            close();
        }
    }
}
