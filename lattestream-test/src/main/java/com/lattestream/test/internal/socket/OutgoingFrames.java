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
 * Queue of outgoing frames of one socket. A client that reads too slowly is disconnected when the queue exceeds its
 * maximum size: waiting would delay all other clients, and dropping frames would falsify the stream. Thread-safe.
 */
final class OutgoingFrames extends IteratingCallback {

    /** Maximum number of queued characters; a longer frame is sent if the queue is empty. */
    static final int MAX_CHARACTERS = 16 * 1024 * 1024;

    // memory overhead of a frame, which matters for many small frames
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
            log.warn("Closing a connection that reads too slowly: more than {} characters are queued", MAX_CHARACTERS);
            overflown = true;
            clear();
            return;
        }
        frames.add(frame);
        characters += size;
    }

    /** Sends the queued frames on another thread, so that the caller does not write frames added by other threads. */
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
        log.debug("Could not write to a connection; it is dropped: {}", cause.toString());
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
