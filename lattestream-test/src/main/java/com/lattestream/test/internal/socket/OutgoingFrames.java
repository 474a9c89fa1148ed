package com.lattestream.test.internal.socket;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frames that wait to be sent on one socket, one after another. Who reads too slowly to keep the queue within its
 * bound is cut off: waiting would hold up everybody else, and leaving frames out would be a lie. Thread-safe.
 */
final class OutgoingFrames extends IteratingCallback {

    /** How many characters may wait; a frame that is longer still goes out alone. */
    static final int MAX_CHARACTERS = 16 * 1024 * 1024;

    // so that many tiny frames count for what they take
    private static final int OVERHEAD = 64;

    private static final Logger log = LoggerFactory.getLogger(OutgoingFrames.class);

    private final Session session;

    private final Executor executor;

    private final Queue<String> frames = new ArrayDeque<>();

    private final AtomicBoolean flushing = new AtomicBoolean();

    private long characters;

    private volatile boolean overflown;

    OutgoingFrames(Session session, Executor executor) {
        this.session = session;
        this.executor = executor;
    }

    synchronized void add(String frame) {
        int size = frame.length() + OVERHEAD;
        if (overflown) {
            return;
        }
        if (!frames.isEmpty() && characters + size > MAX_CHARACTERS) {
            log.warn("Closing a connection that reads too slowly: more than {} characters wait", MAX_CHARACTERS);
            overflown = true;
            clear();
            return;
        }
        frames.add(frame);
        characters += size;
    }

    /** Sends by another thread, so that the caller does not end up writing what others keep adding. */
    void flush() {
        if (flushing.compareAndSet(false, true)) {
            executor.execute(() -> {
                flushing.set(false);
                iterate();
            });
        }
        if (overflown) {
            session.disconnect();
        }
    }

    @Override
    protected Action process() {
        String frame = next();
        if (frame == null) {
            return Action.IDLE;
        }
        session.sendText(frame, Callback.from(this::succeeded, this::failed));
        return Action.SCHEDULED;
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        log.debug("A connection could not be written to: {}", cause.toString());
        clear();
        session.disconnect();
    }

    private synchronized @Nullable String next() {
        String frame = frames.poll();
        if (frame != null) {
            characters -= frame.length() + OVERHEAD;
        }
        return frame;
    }

    private synchronized void clear() {
        frames.clear();
        characters = 0;
    }
}
