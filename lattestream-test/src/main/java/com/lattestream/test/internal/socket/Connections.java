package com.lattestream.test.internal.socket;

import com.lattestream.test.internal.access.PublicKey;
import com.lattestream.test.internal.access.SubscriptionAccess;
import com.lattestream.test.internal.channel.Channels;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Admits sockets that show the public key in their first frame, and in time. Thread-safe. */
final class Connections {

    /** Says, in the range of close codes left to applications, that the client was refused. */
    static final int REFUSED = 4001;

    private static final Logger log = LoggerFactory.getLogger(Connections.class);

    private final SocketIds ids = new SocketIds();

    private final PublicKey publicKey;

    private final Channels channels;

    private final ClientFrames frames;

    private final Executor executor;

    private final Scheduler scheduler;

    private final Duration admissionTimeout;

    private final SocketObserver observer;

    Connections(
            PublicKey publicKey,
            SubscriptionAccess access,
            Channels channels,
            Executor executor,
            Scheduler scheduler,
            Duration admissionTimeout,
            SocketObserver observer) {
        this.publicKey = publicKey;
        this.channels = channels;
        this.frames = new ClientFrames(access, channels);
        this.executor = executor;
        this.scheduler = scheduler;
        this.admissionTimeout = admissionTimeout;
        this.observer = observer;
    }

    Connection opened(Session session) {
        Connection connection = new Connection(ids.next(), session, executor, observer);
        observer.opened(connection.socketId());
        scheduler.schedule(
                () -> connection.refuse(REFUSED, "No api_key was shown in time"),
                admissionTimeout.toMillis(),
                TimeUnit.MILLISECONDS);
        return connection;
    }

    void received(Connection connection, String text) {
        observer.received(connection.socketId());
        if (connection.isAdmitted()) {
            frames.receive(text, connection);
        } else {
            greet(connection, text);
        }
    }

    void closed(Connection connection, int code, String reason) {
        // in this order: a subscription that is on its way finds the connection closed, or is removed
        connection.closed();
        channels.remove(connection);
        observer.closed(connection.socketId(), code, reason);
        log.debug("Connection {} is closed", connection.socketId());
    }

    private void greet(Connection connection, String text) {
        JsonNode frame = ClientFrames.read(text);
        if (frame == null || !frame.path("api_key").isString()) {
            connection.refuse(REFUSED, "The first frame must be {\"api_key\":\"lspk_...\"}");
        } else if (!publicKey.matches(frame.path("api_key").stringValue())) {
            connection.refuse(REFUSED, "api_key must be the public key of this engine");
        } else {
            observer.admitted(connection.socketId());
            connection.admit();
            log.debug("Connection {} is admitted", connection.socketId());
        }
    }
}
