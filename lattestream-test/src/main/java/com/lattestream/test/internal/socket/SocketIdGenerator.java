package com.lattestream.test.internal.socket;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Generates ids of connections, such as {@code 123.456}: a number of the engine and a number of the connection.
 * Thread-safe.
 */
final class SocketIdGenerator {

    // random, so that ids from before a restart are not valid after it
    private final int engine = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);

    private final AtomicLong last = new AtomicLong();

    String next() {
        return engine + "." + last.incrementAndGet();
    }
}
