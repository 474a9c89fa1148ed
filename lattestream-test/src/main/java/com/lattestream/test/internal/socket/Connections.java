package com.lattestream.test.internal.socket;

import com.lattestream.test.internal.channel.Channels;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Admits sockets that show a key in their first frame, and in time, up to a limit. Thread-safe. */
final class Connections {

    private static final Logger log = LoggerFactory.getLogger(Connections.class);

    private final SocketIds ids = new SocketIds();

    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    private final Admission admission;

    private final Channels channels;

    private final ClientFrames frames;

    private final Executor executor;

    private final Scheduler scheduler;

    private final int maxConnections;

    private final SocketTimeouts timeouts;

    private final SocketObserver observer;

    Connections(
            Admission admission,
            Channels channels,
            ClientFrames frames,
            Executor executor,
            Scheduler scheduler,
            int maxConnections,
            SocketTimeouts timeouts,
            SocketObserver observer) {
        this.admission = admission;
        this.channels = channels;
        this.frames = frames;
        this.executor = executor;
        this.scheduler = scheduler;
        this.maxConnections = maxConnections;
        this.timeouts = timeouts;
        this.observer = observer;
    }

    boolean areTooMany() {
        return open.size() >= maxConnections;
    }

    Connection opened(Session session, boolean discovered) {
        Connection connection = new Connection(ids.next(), session, discovered, executor, observer);
        observer.opened(connection.socketId());
        open.add(connection);
        // those that shook hands at the same moment have all found a place left
        if (open.size() > maxConnections) {
            connection.refuse(CloseCodes.TOO_MANY, "There are too many connections");
        }
        scheduler.schedule(
                () -> connection.refuse(CloseCodes.REFUSED, "No api_key was shown in time"),
                timeouts.admission().toMillis(),
                TimeUnit.MILLISECONDS);
        return connection;
    }

    void received(Connection connection, String text) {
        connection.heard();
        observer.received(connection.socketId());
        if (connection.isAdmitted()) {
            frames.receive(text, connection);
        } else {
            greet(connection, text);
        }
    }

    void receivedBinary(Connection connection) {
        connection.heard();
        observer.received(connection.socketId());
        if (connection.isAdmitted()) {
            frames.receiveBinary(connection);
        } else {
            greet(connection, "");
        }
    }

    void closed(Connection connection, int code, String reason) {
        if (!open.remove(connection)) {
            // dropped from here
            return;
        }
        // in this order: a subscription that is on its way finds the connection closed, or is removed
        connection.closed();
        channels.remove(connection);
        observer.closed(connection.socketId(), code, reason);
        log.debug("Connection {} is closed", connection.socketId());
    }

    /** Cuts all of them off; those that depend on them hear of it first. */
    void drop() {
        for (Connection connection : open) {
            closed(connection, CloseCodes.ABNORMAL, "Dropped by a test");
            connection.drop();
        }
    }

    /** Looks after those that are silent. */
    void ask() {
        open.forEach(connection -> connection.ask(timeouts));
    }

    private void greet(Connection connection, String text) {
        String problem = admission.problem(text, connection.isDiscovered());
        if (problem == null) {
            observer.admitted(connection.socketId());
            connection.admit();
            log.debug("Connection {} is admitted", connection.socketId());
        } else {
            connection.refuse(CloseCodes.REFUSED, problem);
        }
    }
}
