package com.lattestream.samples.benchmark.measure;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.samples.benchmark.contestant.Workload;
import com.lattestream.samples.benchmark.process.WorkerRequests;
import java.time.Duration;
import java.util.Arrays;

/**
 * Triggers events while the queue contains the number of events in each line, and responds with the microseconds of a
 * call. The waiting events are never sent, so this program does not shut down in order.
 */
final class QueueDepthWorker {

    private static final int WINDOW = 200;

    private static final int WINDOWS = 20;

    private static final int WARM_UP = 300_000;

    private static final int WARM_UP_CLIENTS = 20;

    private QueueDepthWorker() {}

    public static void main(String[] args) throws Exception {
        trigger(fullOf(0), 0, WARM_UP);
        // with a single client, the compiler would optimize for one instance
        for (int i = 0; i < WARM_UP_CLIENTS; i++) {
            microsAt(WINDOW);
        }
        WorkerRequests.serve(depth -> String.valueOf(microsAt(Integer.parseInt(depth))));
    }

    /**
     * Measures while the queue grows by a fifth at most. Creates another client if the queue of the previous one has
     * grown too much.
     * @return the median of all windows, so that a garbage collection in one of them does not affect the result
     */
    private static double microsAt(int depth) {
        int windows = Math.max(1, Math.min(WINDOWS, depth / 5 / WINDOW));
        double[] micros = new double[WINDOWS];
        for (int i = 0; i < WINDOWS; ) {
            LatteStreamClient client = fullOf(depth);
            for (int window = 0; window < windows && i < WINDOWS; window++, i++) {
                long started = System.nanoTime();
                trigger(client, depth + window * WINDOW, WINDOW);
                micros[i] = (System.nanoTime() - started) / 1000.0 / WINDOW;
            }
        }
        Arrays.sort(micros);
        return micros[WINDOWS / 2];
    }

    private static LatteStreamClient fullOf(int depth) {
        // no batch is ever due or full
        LatteStreamClient client = LatteStreamClient.builder(Workload.SECRET)
                .endpoint("127.0.0.1:9")
                .useTls(false)
                .batchInterval(Duration.ofDays(1))
                .batchSize(Integer.MAX_VALUE)
                .deliveryTimeout(Duration.ofDays(1))
                .maxQueuedEvents(Integer.MAX_VALUE)
                .maxQueuedBytes(Integer.MAX_VALUE)
                .build();
        trigger(client, 0, depth);
        if (client.statistics().queued() != depth) {
            throw new IllegalStateException("Not everything waits: " + client.statistics());
        }
        return client;
    }

    private static void trigger(LatteStreamClient client, int from, int count) {
        for (int number = from; number < from + count; number++) {
            client.trigger(Workload.channel(number), Workload.EVENT, Workload.payload(number));
        }
    }
}
