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

    private final OutgoingFrames outgoing;

    private volatile long heardAt = System.nanoTime();

    private volatile boolean pinged;

    Connection(String socketId, Session session, boolean discovered, Executor executor) {
        this.socketId = socketId;
        this.session = session;
        this.discovered = discovered;
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
        pinged = false;
    }

    /** Pings a client that is silent for so long; cuts it off if it still is when this is called again. */
    void ask(long silentNanos) {
        if (System.nanoTime() - heardAt < silentNanos) {
            return;
        }
        if (pinged) {
            drop();
        } else {
            pinged = true;
            session.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
        }
    }
}
