package com.lattestream.test.internal.socket;

/** Observes connections. Methods are invoked by many threads, some of which hold locks, and must not block. */
public interface SocketObserver {

    /**
     * Invoked after a socket has been opened, before authentication.
     * @param socketId id of the connection
     */
    void opened(String socketId);

    /**
     * Invoked after a connection has been authenticated.
     * @param socketId id of the connection
     */
    void admitted(String socketId);

    /**
     * Invoked after a frame has been received.
     * @param socketId id of the connection
     */
    void received(String socketId);

    /**
     * Invoked after a frame has been queued for sending.
     * @param socketId id of the connection
     * @param frame JSON text
     */
    void queued(String socketId, String frame);

    /**
     * Invoked after a socket has been closed and its subscriptions have ended.
     * @param socketId id of the connection
     * @param code the close code, such as 1000
     * @param reason the reason; empty for none
     */
    void closed(String socketId, int code, String reason);
}
