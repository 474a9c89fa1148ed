package com.lattestream.core.internal.http;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that is made when it is first needed, because applications start sooner without. Thread-safe.
 *
 * @param <T> what it is
 */
final class Deferred<T> {

    private final Supplier<T> making;

    private volatile @Nullable T made;

    private boolean ended;

    Deferred(Supplier<T> making) {
        this.making = making;
    }

    /**
     * Returns it.
     * @return the same for everybody
     * @throws RejectedExecutionException if it was ended before it was made
     */
    T get() {
        T known = made;
        return known == null ? make() : known;
    }

    private synchronized T make() {
        T known = made;
        if (known == null) {
            if (ended) {
                throw new RejectedExecutionException("too late");
            }
            known = making.get();
            made = known;
        }
        return known;
    }

    /**
     * Sees to it that it is not made any more.
     * @return what was made; null for nothing
     */
    synchronized @Nullable T end() {
        ended = true;
        return made;
    }
}
