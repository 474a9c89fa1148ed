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
 * Hands results over to callers: on an executor rather than on I/O threads, and with the failure itself rather than
 * wrapped. What is still open when this is closed fails, so that nobody waits for ever. Thread-safe.
 */
@SuppressWarnings("CollectionUndefinedEquality") // that a future equals only itself is what is meant
public final class Callbacks implements Executor {

    private final Executor executor;

    private final Set<CompletableFuture<?>> open = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    /**
     * Creates callbacks.
     * @param executor where futures complete
     */
    public Callbacks(Executor executor) {
        this.executor = executor;
    }

    /** Runs something where futures complete; on this thread if the executor does not take it. */
    @Override
    public void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RuntimeException ex) {
            task.run();
        }
    }

    /**
     * Makes a future of the caller's own: cancelling it concerns nobody else.
     * @param source what it follows
     * @param <T> the result's type
     * @return completes as the source does, on the executor
     * @throws IllegalStateException if this is closed
     */
    public <T extends @Nullable Object> CompletableFuture<T> relay(CompletableFuture<T> source) {
        CompletableFuture<T> relayed = new CompletableFuture<>();
        open.add(relayed);
        if (closed) {
            open.remove(relayed);
            throw new IllegalStateException("The LatteStream client is closed");
        }
        source.whenComplete((result, failure) -> execute(() -> {
            open.remove(relayed);
            complete(relayed, result, failure);
        }));
        return relayed;
    }

    /**
     * Maps a result, as {@link CompletableFuture#thenApply} does, but passes on the failure itself.
     * @param source the future to follow
     * @param mapping what to make of its result
     * @param <S> the type of the source's result
     * @param <T> the type of the result
     * @return completes where the source does
     */
    public static <S extends @Nullable Object, T> CompletableFuture<T> follow(
            CompletableFuture<S> source, Function<S, T> mapping) {
        CompletableFuture<T> result = new CompletableFuture<>();
        source.thenApply(mapping).whenComplete((mapped, failure) -> complete(result, mapped, failure));
        return result;
    }

    /**
     * Completes a future as another has completed, with the failure itself.
     * @param target the future to complete
     * @param result what the other has completed with
     * @param failure what the other has failed with; null if it has not
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
     * Returns what went wrong.
     * @param failure a failure as futures pass it on
     * @return the failure itself
     */
    public static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Fails what is still open. */
    public void close() {
        closed = true;
        for (CompletableFuture<?> future : open) {
            future.completeExceptionally(new LatteStreamException("The client was closed before the service answered"));
        }
        open.clear();
    }
}
