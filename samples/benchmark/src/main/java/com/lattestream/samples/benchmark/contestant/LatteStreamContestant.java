package com.lattestream.samples.benchmark.contestant;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamStatistics;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Ours, with its default options: callers trigger in a loop, and wait only while the queue is full. */
final class LatteStreamContestant implements Contestant {

    private final LatteStreamClient client;

    private final ExecutorService executor;

    private final int threads;

    private final AtomicInteger numbers = new AtomicInteger();

    LatteStreamContestant(String endpoint, ExecutorService executor, int threads) {
        // a queue that is full is what is measured, not how long a caller is ready to wait
        this.client = LatteStreamClient.builder(Workload.SECRET)
                .endpoint(endpoint)
                .useTls(false)
                .maxBlock(Duration.ofMinutes(1))
                .build();
        this.executor = executor;
        this.threads = threads;
    }

    @Override
    public Work work(Duration duration) throws Exception {
        LatteStreamStatistics before = client.statistics();
        long started = System.nanoTime();
        Threads.repeat(
                executor,
                threads,
                duration,
                numbers,
                number -> client.trigger(Workload.channel(number), Workload.EVENT, Workload.payload(number)));
        client.flushBatch().get(1, TimeUnit.MINUTES);
        long nanos = System.nanoTime() - started;
        LatteStreamStatistics after = client.statistics();
        if (after.failed() > 0) {
            throw new IllegalStateException(after.failed() + " events have failed: " + after.lastFailure());
        }
        return new Work(after.delivered() - before.delivered(), after.batches() - before.batches(), nanos);
    }

    @Override
    public void close() {
        client.close();
        executor.shutdown();
    }

    /** Callers that are virtual, which this is compiled for no Java that has them. */
    static ExecutorService virtualThreads() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException ex) {
            throw new IllegalStateException("This Java has no virtual threads", ex);
        }
    }
}
