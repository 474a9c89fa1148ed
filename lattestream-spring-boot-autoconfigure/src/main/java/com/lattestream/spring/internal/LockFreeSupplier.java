package com.lattestream.spring.internal;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Computes a value with the first call. In contrast to Spring's {@code SingletonSupplier}, callers do not wait for each
 * other, as they may be event loops: several of the first calls may each compute the value, of which one is kept.
 * Thread-safe.
 *
 * @param <T> the type of the value
 */
public final class LockFreeSupplier<T> implements Supplier<T> {

    private final Supplier<T> computation;

    private volatile @Nullable T value;

    /**
     * Creates a supplier.
     * @param computation computes the value, and may be repeated; an exception is thrown to the caller and not kept
     */
    public LockFreeSupplier(Supplier<T> computation) {
        this.computation = computation;
    }

    @Override
    public T get() {
        T known = value;
        if (known == null) {
            known = computation.get();
            value = known;
        }
        return known;
    }
}
