package com.lattestream.core.internal;

/** A thread of a client, for I/O or timers. */
final class ClientThread extends Thread {

    ClientThread(Runnable task, String name) {
        super(task, name);
        setDaemon(true);
    }
}
