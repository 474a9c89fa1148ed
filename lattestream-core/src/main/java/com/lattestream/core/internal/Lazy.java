package com.lattestream.core.internal;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Creates an object when it is first needed, which shortens the start of applications. Thread-safe.
 *
 * @param <T> the type of the object
 */
public final class Lazy<T> {

    private final Supplier<T> factory;

    private volatile @Nullable T value;

    private boolean closed;

    /**
     * Creates a holder without an object.
     * @param factory creates the object
     */
    public Lazy(Supplier<T> factory) {
        this.factory = factory;
    }

    /**
     * Returns the object, and creates it if it does not exist yet.
     * @return the same object for every call
     * @throws RejectedExecutionException if {@link #close} was called before the object was created
     */
    public T get() {
        T known = value;
        return known == null ? create() : known;
    }

    /**
     * Returns the object without creating it.
     * @return the object if it was created; otherwise null
     */
    public @Nullable T getIfCreated() {
        return value;
    }

    private synchronized T create() {
        T known = value;
        if (known == null) {
            if (closed) {
                throw new RejectedExecutionException("closed");
            }
            known = factory.get();
            value = known;
        }
        return known;
    }

    /**
     * Prevents the object from being created in the future. An existing object is not changed.
     * @return the object if it was created; otherwise null
     */
    public synchronized @Nullable T close() {
        closed = true;
        return value;
    }
}
