package com.lattestream.test.internal.console;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;

/** The open pages. While there are any, updates are sent ten times a second. Thread-safe. */
final class SseClients {

    static final int MAX = 32;

    private static final long TICK_MILLIS = 100;

    private static final int TICKS_PER_STATE = 5;

    /**
     * Description of the connections and channels.
     *
     * @param version version number of the description
     * @param json the description as JSON text
     */
    record State(long version, String json) {}

    private final Set<SseClient> clients = ConcurrentHashMap.newKeySet();

    private final String run;

    private final EntryLog entryLog;

    private final ConnectionRegistry connections;

    private final SecretMask secretMask;

    private final Executor executor;

    private final Scheduler scheduler;

    private boolean running;

    private boolean closed;

    private int ticks;

    private State state = new State(-1, "{}");

    SseClients(
            String run,
            EntryLog entryLog,
            ConnectionRegistry connections,
            SecretMask secretMask,
            Executor executor,
            Scheduler scheduler) {
        this.run = run;
        this.entryLog = entryLog;
        this.connections = connections;
        this.secretMask = secretMask;
        this.executor = executor;
        this.scheduler = scheduler;
    }

    synchronized boolean isFull() {
        return closed || clients.size() >= MAX;
    }

    synchronized void add(SseClient client) {
        clients.add(client);
        if (!running) {
            running = true;
            ticks = 0;
            tick();
        }
    }

    void remove(SseClient client) {
        clients.remove(client);
    }

    synchronized void close() {
        closed = true;
        clients.forEach(SseClient::close);
        clients.clear();
    }

    private synchronized void tick() {
        if (clients.isEmpty()) {
            running = false;
            return;
        }
        try {
            // the state includes frame counters and changes with every frame, so it is sent less often than entries
            if (ticks++ % TICKS_PER_STATE == 0 && connections.version() != state.version()) {
                long version = connections.version();
                state = new State(
                        version, secretMask.mask(connections.describe().toString()));
            }
            clients.forEach(client -> client.send(run, entryLog, state));
        } finally {
            scheduler.schedule(this::dispatchTick, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    // the scheduler has a single thread, which must not be blocked
    private void dispatchTick() {
        try {
            executor.execute(this::tick);
        } catch (RejectedExecutionException ex) {
            // the server is stopping
            close();
        }
    }
}
