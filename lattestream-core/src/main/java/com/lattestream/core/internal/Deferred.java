package com.lattestream.core.internal;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Creates an object lazily, when it is first needed, which shortens the start of applications. Thread-safe.
 *
 * @param <T> the type of the object
 */
public final class Deferred<T> {

    private final Supplier<T> making;

    private volatile @Nullable T made;

    private boolean ended;

    /**
     * Creates a deferred object.
     * @param making creates the object
     */
    public Deferred(Supplier<T> making) {
        this.making = making;
    }

    /**
     * Returns the object, and creates it if it does not exist yet.
     * @return the same object for every call
     * @throws RejectedExecutionException if {@link #end} was called before the object was created
     */
    public T get() {
        T known = made;
        return known == null ? make() : known;
    }

    /**
     * Returns the object without creating it.
     * @return the object if it was created; otherwise null
     */
    public @Nullable T getIfCreated() {
        return made;
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
     * Prevents the object from being created in the future.
     * @return the object if it was created; otherwise null
     */
    public synchronized @Nullable T end() {
        ended = true;
        return made;
    }
}
