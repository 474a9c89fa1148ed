package com.lattestream.test.internal.channel;

/** A connection that can subscribe to channels. Methods do not block. */
public interface Subscriber {

    /**
     * Returns the id of the connection, by which events can exclude it.
     * @return the id
     */
    String socketId();

    /**
     * Returns whether the connection is open. A closed connection never becomes open again.
     * @return whether the connection is open
     */
    boolean isOpen();

    /**
     * Adds a frame to the queue without sending it.
     * @param frame JSON text
     */
    void enqueue(String frame);

    /** Sends the queued frames on another thread. */
    void flush();

    /** Closes the connection, because the connections of its user are terminated. */
    void terminate();
}
