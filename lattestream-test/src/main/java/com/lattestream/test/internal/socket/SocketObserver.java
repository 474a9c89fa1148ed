package com.lattestream.test.internal.socket;

/** Sees what happens on sockets. Is called by many threads, some of them under locks, so no method may block. */
public interface SocketObserver {

    /**
     * A socket is open, and has shown no key yet.
     * @param socketId which connection
     */
    void opened(String socketId);

    /**
     * A connection has shown the key, and takes part from now on.
     * @param socketId which connection
     */
    void admitted(String socketId);

    /**
     * A frame has come.
     * @param socketId from which connection
     */
    void received(String socketId);

    /**
     * A frame is going to be sent.
     * @param socketId to which connection
     * @param frame JSON text
     */
    void queued(String socketId, String frame);

    /**
     * A socket is closed, and its subscriptions have ended.
     * @param socketId which connection
     * @param code the close code, such as 1000
     * @param reason what was said of it; empty for nothing
     */
    void closed(String socketId, int code, String reason);
}
