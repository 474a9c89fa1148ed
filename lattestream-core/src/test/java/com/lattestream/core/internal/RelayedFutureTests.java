package com.lattestream.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RelayedFutureTests {

    private final Queue<Runnable> executor = new ConcurrentLinkedQueue<>();

    private final Callbacks callbacks = new Callbacks(executor::add);

    private final CompletableFuture<String> source = new CompletableFuture<>();

    private final CompletableFuture<String> relayed = callbacks.relay(source);

    static Stream<Waiting> waits() {
        return Stream.of(CompletableFuture::get, CompletableFuture::join, future -> future.get(1, TimeUnit.MINUTES));
    }

    interface Waiting {

        String await(CompletableFuture<String> future) throws Exception;
    }

    @ParameterizedTest
    @MethodSource("waits")
    void aWaitingThreadReceivesTheResultWithoutTheExecutor(Waiting waiting) throws Exception {
        FutureTask<String> waiter = startWaiting(() -> waiting.await(relayed));

        source.complete("result");

        assertThat(waiter.get()).isEqualTo("result");
        assertThat(relayed).isDone();
        assertThat(executor).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("waits")
    void aWaitingThreadReceivesTheFailure(Waiting waiting) {
        FutureTask<String> waiter = startWaiting(() -> waiting.await(relayed));

        source.completeExceptionally(new IllegalStateException("failed"));

        assertThatThrownBy(waiter::get)
                .cause()
                .isInstanceOfAny(ExecutionException.class, CompletionException.class)
                .hasCause(new IllegalStateException("failed"));
        assertThat(executor).isEmpty();
    }

    @Test
    void callbacksAwaitTheExecutorAlthoughAThreadWaits() throws Exception {
        AtomicReference<@Nullable Thread> callbackThread = new AtomicReference<>();
        FutureTask<String> waiter = startWaiting(relayed::join);
        relayed.thenRun(() -> callbackThread.set(Thread.currentThread()));

        Thread ioThread = new Thread(() -> source.complete("result"));
        ioThread.start();
        ioThread.join();
        await().until(() -> !executor.isEmpty());
        assertThat(callbackThread).hasNullValue();
        executor.remove().run();

        assertThat(waiter.get()).isEqualTo("result");
        // join of CompletableFuture may call them on the waiting thread as soon as the executor has set the result
        assertThat(callbackThread.get()).isNotNull().isNotSameAs(ioThread);
    }

    @Test
    void withoutAWaitingThreadTheExecutorCompletesTheFuture() {
        source.complete("result");

        assertThat(relayed).isNotDone();
        executor.remove().run();
        assertThat(relayed).isCompletedWithValue("result");
    }

    @Test
    void theExecutorCompletesTheFutureIfTheWaitingThreadIsInterrupted() throws Exception {
        FutureTask<String> waiter = new FutureTask<>(relayed::get);
        Thread thread = new Thread(waiter);
        thread.start();
        await().until(() -> isWaitingForAFuture(thread));
        thread.interrupt();
        thread.join();

        source.complete("result");
        executor.remove().run();

        assertThatThrownBy(waiter::get).hasCauseInstanceOf(InterruptedException.class);
        assertThat(relayed).isCompletedWithValue("result");
    }

    @Test
    void aWaitEndsAfterItsTimeout() {
        assertThatThrownBy(() -> relayed.get(1, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void aWaitingThreadReturnsWhenAnotherThreadCancelsTheFuture() {
        FutureTask<String> waiter = startWaiting(relayed::join);

        relayed.cancel(true);

        assertThatThrownBy(waiter::get).hasCauseInstanceOf(CancellationException.class);
    }

    @Test
    void aWaitingThreadReturnsWhenAnotherThreadCompletesTheFuture() throws Exception {
        FutureTask<String> waiter = startWaiting(relayed::join);

        relayed.completeAsync(() -> "other", Runnable::run);

        assertThat(waiter.get()).isEqualTo("other");
    }

    @Test
    void aWaitingThreadReturnsWhenTheClientIsClosed() {
        FutureTask<String> waiter = startWaiting(relayed::join);

        callbacks.close();

        assertThatThrownBy(waiter::get).rootCause().hasMessageContaining("closed");
    }

    @Test
    void everyFutureCompletesAtAnyTimingOfWaitsAndOutcomes() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callbacks concurrent = new Callbacks(threads);
            for (int i = 0; i < 20_000; i++) {
                CompletableFuture<Integer> outcome = new CompletableFuture<>();
                CompletableFuture<Integer> future = concurrent.relay(outcome);
                int value = i;
                Executor io = threads;
                io.execute(() -> outcome.complete(value));
                if (ThreadLocalRandom.current().nextInt(4) == 0) {
                    LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(20_000));
                }
                Future<Integer> second = threads.submit(() -> waitBriefly(future));
                assertThat(future.get(10, TimeUnit.SECONDS)).isEqualTo(i);
                assertThat(second.get(10, TimeUnit.SECONDS)).isIn(i, -1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static int waitBriefly(CompletableFuture<Integer> future) throws Exception {
        try {
            return future.get(ThreadLocalRandom.current().nextInt(30_000), TimeUnit.NANOSECONDS);
        } catch (TimeoutException ex) {
            return -1;
        }
    }

    private static FutureTask<String> startWaiting(Callable<String> wait) {
        FutureTask<String> task = new FutureTask<>(wait);
        Thread thread = new Thread(task);
        thread.start();
        await().until(() -> isWaitingForAFuture(thread));
        return task;
    }

    private static boolean isWaitingForAFuture(Thread thread) {
        Object blocker = LockSupport.getBlocker(thread);
        return blocker != null && blocker.getClass().getName().startsWith(CompletableFuture.class.getName());
    }
}
