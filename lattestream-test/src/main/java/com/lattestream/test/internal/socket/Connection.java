package com.lattestream.test.internal.socket;

import com.lattestream.test.internal.channel.Subscriber;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** WebSocket with an id and three states: opened, admitted after authentication, and closed. Thread-safe. */
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

    private volatile long lastActivityAt = System.nanoTime();

    // time of the ping since the last activity; 0 if none was sent
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

    /** Returns whether the socket was opened with a discovery token. */
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

    /** Closes the connection without a close frame. */
    void drop() {
        state.set(State.CLOSED);
        session.disconnect();
    }

    /** Marks the connection as closed. */
    void markClosed() {
        state.set(State.CLOSED);
    }

    /** Records that a frame was received from the client. */
    void recordActivity() {
        lastActivityAt = System.nanoTime();
        pingedAt = 0;
    }

    /** Pings the client after a period of inactivity, and drops the connection if no pong arrives in time. */
    void pingIdle(SocketTimeouts timeouts) {
        long now = System.nanoTime();
        long pinged = pingedAt;
        if (pinged != 0) {
            if (now - pinged >= timeouts.pong().toNanos()) {
                drop();
            }
        } else if (now - lastActivityAt >= timeouts.activity().toNanos()) {
            // 0 is reserved for no ping
            pingedAt = now | 1;
            session.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
        }
    }
}
