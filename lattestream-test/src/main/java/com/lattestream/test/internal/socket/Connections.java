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

/**
 * Manages the open connections, up to a maximum number. A connection is admitted if its first frame contains a valid
 * key and arrives in time. Thread-safe.
 */
final class Connections {

    private static final Logger log = LoggerFactory.getLogger(Connections.class);

    private final SocketIdGenerator ids = new SocketIdGenerator();

    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    private final ConnectionAuthenticator authenticator;

    private final Channels channels;

    private final ClientFrames frames;

    private final Executor executor;

    private final Scheduler scheduler;

    private final int maxConnections;

    private final SocketTimeouts timeouts;

    private final SocketObserver observer;

    Connections(
            ConnectionAuthenticator authenticator,
            Channels channels,
            ClientFrames frames,
            Executor executor,
            Scheduler scheduler,
            int maxConnections,
            SocketTimeouts timeouts,
            SocketObserver observer) {
        this.authenticator = authenticator;
        this.channels = channels;
        this.frames = frames;
        this.executor = executor;
        this.scheduler = scheduler;
        this.maxConnections = maxConnections;
        this.timeouts = timeouts;
        this.observer = observer;
    }

    boolean isFull() {
        return open.size() >= maxConnections;
    }

    Connection opened(Session session, boolean discovered) {
        Connection connection = new Connection(ids.next(), session, discovered, executor, observer);
        observer.opened(connection.socketId());
        open.add(connection);
        // concurrent handshakes may all have passed the check before they were opened
        if (open.size() > maxConnections) {
            connection.refuse(CloseCodes.TOO_MANY, "There are too many connections");
        }
        scheduler.schedule(
                () -> connection.refuse(CloseCodes.REFUSED, "No api_key was received in time"),
                timeouts.authentication().toMillis(),
                TimeUnit.MILLISECONDS);
        return connection;
    }

    void received(Connection connection, String text) {
        connection.recordActivity();
        observer.received(connection.socketId());
        if (connection.isAdmitted()) {
            frames.receive(text, connection);
        } else {
            authenticate(connection, text);
        }
    }

    void receivedBinary(Connection connection) {
        connection.recordActivity();
        observer.received(connection.socketId());
        if (connection.isAdmitted()) {
            frames.receiveBinary(connection);
        } else {
            authenticate(connection, "");
        }
    }

    void closed(Connection connection, int code, String reason) {
        if (!open.remove(connection)) {
            // already dropped by the engine
            return;
        }
        // in this order: a concurrent subscription either finds the connection closed, or is removed
        connection.markClosed();
        channels.remove(connection);
        observer.closed(connection.socketId(), code, reason);
        log.debug("Connection {} is closed", connection.socketId());
    }

    /** Drops all connections without a close frame. Their subscriptions end first. */
    void drop() {
        for (Connection connection : open) {
            closed(connection, CloseCodes.ABNORMAL, "Dropped by a test");
            connection.drop();
        }
    }

    /** Pings idle connections. */
    void pingIdle() {
        open.forEach(connection -> connection.pingIdle(timeouts));
    }

    private void authenticate(Connection connection, String text) {
        String problem = authenticator.problem(text, connection.isDiscovered());
        if (problem == null) {
            observer.admitted(connection.socketId());
            connection.admit();
            log.debug("Connection {} is admitted", connection.socketId());
        } else {
            connection.refuse(CloseCodes.REFUSED, problem);
        }
    }
}
