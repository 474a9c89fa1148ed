package com.lattestream.core.internal;

import com.lattestream.core.LatteStreamException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Completes the futures of callers: on an executor instead of an I/O thread, and with the original failure instead of a
 * {@code CompletionException}. Futures that are incomplete when this object is closed fail, so that no caller waits
 * forever. Thread-safe.
 */
@SuppressWarnings("CollectionUndefinedEquality") // futures are compared by identity
public final class Callbacks implements Executor {

    private final Executor executor;

    private final Set<CompletableFuture<?>> open = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    /**
     * Creates callbacks.
     * @param executor completes the futures
     */
    public Callbacks(Executor executor) {
        this.executor = executor;
    }

    /** Runs a task on the executor, or on the calling thread if the executor rejects the task. */
    @Override
    public void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RuntimeException ex) {
            task.run();
        }
    }

    /**
     * Creates a separate future for the caller. Cancelling it does not affect the source.
     * @param source the future to follow
     * @param <T> the type of the result
     * @return a future that completes like the source, on the executor or on a thread that waits for it
     * @throws IllegalStateException if this object is closed
     */
    public <T extends @Nullable Object> CompletableFuture<T> relay(CompletableFuture<T> source) {
        RelayedFuture<T> relayed = new RelayedFuture<>(this);
        open.add(relayed);
        if (closed) {
            open.remove(relayed);
            throw new IllegalStateException("The LatteStream client is closed");
        }
        source.whenComplete((result, failure) -> relayed.arrive(() -> {
            open.remove(relayed);
            complete(relayed, result, failure);
        }));
        return relayed;
    }

    /**
     * Maps a result, as {@link CompletableFuture#thenApply} does, but fails with the original failure.
     * @param source the future to follow
     * @param mapping maps the result of the source
     * @param <S> the type of the source's result
     * @param <T> the type of the mapped result
     * @return a future that completes on the same thread as the source
     */
    public static <S extends @Nullable Object, T> CompletableFuture<T> follow(
            CompletableFuture<S> source, Function<S, T> mapping) {
        CompletableFuture<T> result = new CompletableFuture<>();
        source.thenApply(mapping).whenComplete((mapped, failure) -> complete(result, mapped, failure));
        return result;
    }

    /**
     * Completes a future with the outcome of another, and with the original failure.
     * @param target the future to complete
     * @param result the result of the other future
     * @param failure the failure of the other future; null if it succeeded
     * @param <T> the type of the result
     */
    public static <T extends @Nullable Object> void complete(
            CompletableFuture<T> target, T result, @Nullable Throwable failure) {
        if (failure == null) {
            target.complete(result);
        } else {
            target.completeExceptionally(unwrap(failure));
        }
    }

    /**
     * Returns the original failure.
     * @param failure a failure as futures report it
     * @return the cause of a {@code CompletionException}; otherwise the failure itself
     */
    public static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Fails all incomplete futures. */
    public void close() {
        closed = true;
        for (CompletableFuture<?> future : open) {
            future.completeExceptionally(
                    new LatteStreamException("The client was closed before the service responded"));
        }
        open.clear();
    }
}
