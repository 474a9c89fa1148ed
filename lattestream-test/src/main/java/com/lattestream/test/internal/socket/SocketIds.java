package com.lattestream.test.internal.socket;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Names connections {@code 123.456}: one number for the engine, one for the connection. Thread-safe. */
final class SocketIds {

    // so that an id from before a restart does not fit a connection from after it
    private final int engine = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);

    private final AtomicLong last = new AtomicLong();

    String next() {
        return engine + "." + last.incrementAndGet();
    }
}
