package com.lattestream.samples.benchmark.measure;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamStatistics;
import com.lattestream.samples.benchmark.contestant.Workload;
import com.lattestream.samples.benchmark.process.WorkerRequests;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Runs a client in its process. {@code trigger 1000} triggers this number of events. {@code deliver} waits until all of
 * them are accepted. Both respond with the number of bytes of heap in use.
 */
final class MemoryWorker {

    private final LatteStreamClient client;

    private int triggered;

    private MemoryWorker(LatteStreamClient client) {
        this.client = client;
    }

    public static void main(String[] args) throws Exception {
        // the timeouts are longer than the measurement
        try (LatteStreamClient client = LatteStreamClient.builder(Workload.SECRET)
                .endpoint("127.0.0.1:" + args[0])
                .useTls(false)
                .timeout(Duration.ofHours(1))
                .deliveryTimeout(Duration.ofHours(1))
                .maxQueuedEvents(Integer.MAX_VALUE)
                .maxQueuedBytes(Integer.MAX_VALUE)
                .build()) {
            WorkerRequests.serve(new MemoryWorker(client)::handle);
        }
    }

    private String handle(String request) throws Exception {
        if (request.equals("deliver")) {
            deliver();
        } else {
            trigger(Integer.parseInt(request.substring("trigger ".length())));
        }
        return String.valueOf(usedHeap());
    }

    private void trigger(int events) {
        for (int i = 0; i < events; i++) {
            client.trigger(Workload.channel(triggered), Workload.EVENT, Workload.payload(triggered));
            triggered++;
        }
    }

    private void deliver() throws Exception {
        client.flushBatch().get(5, TimeUnit.MINUTES);
        LatteStreamStatistics statistics = client.statistics();
        if (statistics.delivered() != triggered) {
            throw new IllegalStateException("Not everything was delivered: " + statistics);
        }
    }

    private static long usedHeap() {
        // twice, because unreachable objects of the first collection may have retained others
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
