package com.lattestream.samples.benchmark.contestant;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamStatistics;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** LatteStream with its default options. Callers trigger events in a loop, and wait only while the queue is full. */
final class LatteStreamContestant implements Contestant {

    private final LatteStreamClient client;

    private final ExecutorService executor;

    private final int threads;

    private final AtomicInteger numbers = new AtomicInteger();

    LatteStreamContestant(String endpoint, ExecutorService executor, int threads) {
        // callers must not time out, because the throughput is measured with a full queue
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

    /**
     * Returns an executor with virtual threads, by reflection, because this module is compiled for a Java version
     * without them.
     */
    static ExecutorService virtualThreads() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException ex) {
            throw new IllegalStateException("This Java has no virtual threads", ex);
        }
    }
}
