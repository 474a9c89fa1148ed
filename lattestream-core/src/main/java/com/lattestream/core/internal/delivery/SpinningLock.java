package com.lattestream.core.internal.delivery;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock that a thread tries to acquire for a moment before it is parked. It suits locks that are held for a
 * microsecond or two, because parking takes longer.
 */
@SuppressWarnings("serial") // never serialized
final class SpinningLock extends ReentrantLock {

    private static final int SPINS = 200;

    @Override
    public void lock() {
        for (int i = 0; i < SPINS; i++) {
            if (tryLock()) {
                return;
            }
            Thread.onSpinWait();
        }
        super.lock();
    }
}
