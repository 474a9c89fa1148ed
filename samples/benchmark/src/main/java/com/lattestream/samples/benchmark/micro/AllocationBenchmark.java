package com.lattestream.samples.benchmark.micro;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.samples.benchmark.contestant.Workload;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Measures the bytes that an event allocates, from the call to the response. The {@code gc} profiler counts the
 * allocations of every thread that is alive before and after an iteration: of the caller, and of the client's threads
 * for I/O, timers and callbacks. (It excludes its own thread, and misses threads that start and end within an
 * iteration. Callback threads end after they were idle for ten seconds.)
 */
@State(Scope.Benchmark)
public class AllocationBenchmark {

    static final int EVENTS = 5000;

    /** The port of the sink. */
    @Param("0")
    public int port;

    private int number;

    private @Nullable LatteStreamClient client;

    @Setup
    public void makeClient() {
        if (port == 0) {
            throw new IllegalArgumentException("No sink: give its port as -p port=...");
        }
        client = LatteStreamClient.builder(Workload.SECRET)
                .endpoint("127.0.0.1:" + port)
                .useTls(false)
                .maxBlock(Duration.ofMinutes(1))
                .build();
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void batchedEvent() {
        LatteStreamClient client = requireClient();
        for (int i = 0; i < EVENTS; i++) {
            client.trigger(Workload.channel(number), Workload.EVENT, Workload.payload(number));
            number++;
        }
        client.flushBatch().join();
    }

    @TearDown
    public void close() {
        LatteStreamClient client = requireClient();
        client.close();
        if (client.statistics().failed() > 0) {
            throw new IllegalStateException("Events have failed: " + client.statistics());
        }
    }

    private LatteStreamClient requireClient() {
        if (client == null) {
            throw new IllegalStateException("There is no client yet");
        }
        return client;
    }
}
