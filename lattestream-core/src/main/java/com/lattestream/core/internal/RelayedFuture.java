package com.lattestream.core.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A future for a caller, whose outcome arrives on an I/O thread. Callbacks run on an executor, never on the I/O thread.
 * A thread that waits in {@code get} or {@code join} completes the future itself when no callbacks are registered,
 * which saves the change to the executor's thread. A callback that is registered at this moment may run on that waiting
 * thread, as {@link CompletableFuture} permits.
 *
 * <p>State: {@link #completion} is null until the outcome arrives, and null again as soon as one thread has taken it to
 * complete the future. {@link #waiting} counts the threads that wait for the arrival.
 *
 * <p>The future always completes: the I/O thread passes the completion to the executor unless a thread waits, and each
 * waiting thread passes it on if it leaves without having completed the future. A thread increments {@code waiting}
 * before it looks for the outcome, and the I/O thread stores the outcome before it reads {@code waiting}, so at least
 * one of them sees the other.
 *
 * @param <T> the type of the result
 */
final class RelayedFuture<T extends @Nullable Object> extends CompletableFuture<T> {

    private final Executor executor;

    private final AtomicReference<@Nullable Runnable> completion = new AtomicReference<>();

    private final AtomicInteger waiting = new AtomicInteger();

    // wakes the waiting threads, and has no callbacks
    private final CompletableFuture<@Nullable Void> arrived = new CompletableFuture<>();

    RelayedFuture(Executor executor) {
        this.executor = executor;
    }

    /**
     * Completes this future on a waiting thread or on the executor.
     * @param completion completes this future
     */
    void arrive(Runnable completion) {
        this.completion.set(completion);
        boolean noThreadWaits = waiting.get() == 0;
        arrived.complete(null);
        if (noThreadWaits) {
            executor.execute(this::finish);
        }
    }

    private void finish() {
        Runnable taken = completion.getAndSet(null);
        if (taken != null) {
            taken.run();
        }
    }

    private boolean beginWaiting() {
        if (isDone() || getNumberOfDependents() > 0) {
            return false;
        }
        waiting.incrementAndGet();
        return true;
    }

    private void finishUnlessCallbacksAreRegistered() {
        if (getNumberOfDependents() == 0) {
            finish();
        }
    }

    private void endWaiting() {
        waiting.decrementAndGet();
        if (completion.get() != null) {
            executor.execute(this::finish);
        }
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        if (beginWaiting()) {
            try {
                arrived.get();
                finishUnlessCallbacksAreRegistered();
            } finally {
                endWaiting();
            }
        }
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        long end = System.nanoTime() + unit.toNanos(timeout);
        if (beginWaiting()) {
            try {
                arrived.get(timeout, unit);
                finishUnlessCallbacksAreRegistered();
            } finally {
                endWaiting();
            }
        }
        return super.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public T join() {
        if (beginWaiting()) {
            try {
                arrived.join();
                finishUnlessCallbacksAreRegistered();
            } finally {
                endWaiting();
            }
        }
        return super.join();
    }

    @Override
    public boolean complete(T value) {
        return wake(super.complete(value));
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        return wake(super.completeExceptionally(failure));
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return wake(super.cancel(mayInterruptIfRunning));
    }

    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
        return super.completeAsync(
                supplier,
                task -> executor.execute(() -> {
                    task.run();
                    arrived.complete(null);
                }));
    }

    @Override
    public void obtrudeValue(T value) {
        super.obtrudeValue(value);
        arrived.complete(null);
    }

    @Override
    public void obtrudeException(Throwable failure) {
        super.obtrudeException(failure);
        arrived.complete(null);
    }

    private boolean wake(boolean completed) {
        arrived.complete(null);
        return completed;
    }
}
