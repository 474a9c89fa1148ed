package com.lattestream.test.internal.socket;

import com.lattestream.test.internal.channel.Subscriber;
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

    private final SocketObserver observer;

    private final OutgoingFrames outgoing;

    Connection(String socketId, Session session, Executor executor, SocketObserver observer) {
        this.socketId = socketId;
        this.session = session;
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

    /** Takes note that the socket is closed. */
    void closed() {
        state.set(State.CLOSED);
    }
}
