package com.lattestream.core.internal;

/**
 * A thread that a client needs to get on: for its I/O, and its timers. Nothing may wait on it for the service, as the
 * wait would be for itself.
 */
public final class ClientThread extends Thread {

    ClientThread(Runnable task, String name) {
        super(task, name);
        setDaemon(true);
    }

    /**
     * Tells whether the caller may wait for the service.
     * @return false on threads of a client
     */
    public static boolean callerMayWait() {
        return !(Thread.currentThread() instanceof ClientThread);
    }
}
