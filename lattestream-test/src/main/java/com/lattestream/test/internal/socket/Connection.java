package com.lattestream.test.internal.socket;

import com.lattestream.test.internal.channel.Subscriber;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** One WebSocket with its id: first it is to show a key, then it takes part, then it is closed. Thread-safe. */
final class Connection implements Subscriber {

    private enum State {
        OPENED,
        ADMITTED,
        CLOSED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.OPENED);

    private final String socketId;

    private final Session session;

    private final boolean discovered;

    private final SocketObserver observer;

    private final OutgoingFrames outgoing;

    private volatile long heardAt = System.nanoTime();

    // after the last sign of life; 0 for not at all
    private volatile long pingedAt;

    Connection(String socketId, Session session, boolean discovered, Executor executor, SocketObserver observer) {
        this.socketId = socketId;
        this.session = session;
        this.discovered = discovered;
        this.observer = observer;
        this.outgoing = new OutgoingFrames(session, executor);
    }

    @Override
    public String socketId() {
        return socketId;
    }

    @Override
    public boolean isOpen() {
        return state.get() != State.CLOSED;
    }

    @Override
    public void enqueue(String frame) {
        outgoing.add(frame);
        observer.queued(socketId, frame);
    }

    @Override
    public void flush() {
        outgoing.flush();
    }

    @Override
    public void terminate() {
        close(CloseCodes.TERMINATED, "The connections of this user are closed");
    }

    /** Returns whether it was opened with what discovery hands out. */
    boolean isDiscovered() {
        return discovered;
    }

    boolean isAdmitted() {
        return state.get() == State.ADMITTED;
    }

    void admit() {
        if (state.compareAndSet(State.OPENED, State.ADMITTED)) {
            enqueue(ServerFrames.connectionEstablished(socketId));
            flush();
        }
    }

    /** Closes the socket unless it has been admitted. */
    void refuse(int code, String reason) {
        if (state.compareAndSet(State.OPENED, State.CLOSED)) {
            session.close(code, reason, Callback.NOOP);
        }
    }

    void close(int code, String reason) {
        state.set(State.CLOSED);
        session.close(code, reason, Callback.NOOP);
    }

    /** Cuts the connection off without a word. */
    void drop() {
        state.set(State.CLOSED);
        session.disconnect();
    }

    /** Takes note that the socket is closed. */
    void closed() {
        state.set(State.CLOSED);
    }

    /** Takes note that the client lives. */
    void heard() {
        heardAt = System.nanoTime();
        pingedAt = 0;
    }

    /** Pings a client that is silent for too long; cuts it off if it has not answered for too long. */
    void ask(SocketTimeouts timeouts) {
        long now = System.nanoTime();
        long pinged = pingedAt;
        if (pinged != 0) {
            if (now - pinged >= timeouts.pong().toNanos()) {
                drop();
            }
        } else if (now - heardAt >= timeouts.activity().toNanos()) {
            // 0 would mean that it was not pinged
            pingedAt = now | 1;
            session.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
        }
    }
}
