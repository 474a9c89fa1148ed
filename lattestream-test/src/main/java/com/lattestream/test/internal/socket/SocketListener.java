package com.lattestream.test.internal.socket;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives the events of one WebSocket from Jetty. Public, because Jetty requires public listeners. */
public final class SocketListener implements Session.Listener.AutoDemanding {

    private static final Logger log = LoggerFactory.getLogger(SocketListener.class);

    private final Connections connections;

    private final boolean discovered;

    private volatile @Nullable Connection opened;

    SocketListener(Connections connections, boolean discovered) {
        this.connections = connections;
        this.discovered = discovered;
    }

    @Override
    public void onWebSocketOpen(Session session) {
        opened = connections.opened(session, discovered);
    }

    @Override
    public void onWebSocketText(String message) {
        connections.received(connection(), message);
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
        callback.succeed();
        connections.receivedBinary(connection());
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        connection().recordActivity();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        // a client that disappeared or violated the protocol; not worth a line in the output of a test
        log.debug("A connection failed: {}", cause.toString());
    }

    @Override
    public void onWebSocketClose(int statusCode, String reason, Callback callback) {
        Connection closed = opened;
        if (closed != null) {
            connections.closed(closed, statusCode, reason == null ? "" : reason);
        }
        callback.succeed();
    }

    private Connection connection() {
        return Objects.requireNonNull(opened, "Frame received before the WebSocket was opened");
    }
}
