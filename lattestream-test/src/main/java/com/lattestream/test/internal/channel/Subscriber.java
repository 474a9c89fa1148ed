package com.lattestream.test.internal.channel;

/** One connection, as channels see it. No method blocks. */
public interface Subscriber {

    /**
     * Returns what events exclude it by.
     * @return the connection's id
     */
    String socketId();

    /**
     * Tells whether it can still be subscribed. Once false, it stays so.
     * @return whether it is open
     */
    boolean isOpen();

    /**
     * Puts a frame behind those that are to be sent; sends nothing yet.
     * @param frame JSON text
     */
    void enqueue(String frame);

    /** Has what is queued sent, by another thread. */
    void flush();

    /** Closes the connection, for its user is to go. */
    void terminate();
}
