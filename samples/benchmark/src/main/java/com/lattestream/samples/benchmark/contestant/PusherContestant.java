package com.lattestream.samples.benchmark.contestant;

import com.pusher.rest.Pusher;
import com.pusher.rest.data.Event;
import com.pusher.rest.data.Result;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** pusher-http-java, whose calls block: each of the callers sends one event or batch at a time. */
final class PusherContestant implements Contestant {

    static final int BATCH_SIZE = 10;

    private final Pusher pusher;

    private final ExecutorService executor;

    private final int threads;

    private final boolean batches;

    private final AtomicInteger numbers = new AtomicInteger();

    PusherContestant(String endpoint, boolean largePool, int threads, boolean batches) {
        this.pusher = new Pusher("1", "key", Workload.SECRET);
        pusher.setHost(endpoint);
        if (largePool) {
            pusher.configureHttpClient(Pusher.defaultHttpClientBuilder()
                    .setMaxConnTotal(Workload.CONNECTIONS)
                    .setMaxConnPerRoute(Workload.CONNECTIONS));
        }
        this.executor = Executors.newFixedThreadPool(threads);
        this.threads = threads;
        this.batches = batches;
    }

    @Override
    public Work work(Duration duration) throws Exception {
        int before = numbers.get();
        long started = System.nanoTime();
        Threads.repeat(executor, threads, duration, numbers, this::send);
        int requests = numbers.get() - before;
        return new Work((long) requests * (batches ? BATCH_SIZE : 1), requests, System.nanoTime() - started);
    }

    private void send(int number) {
        Result result = batches
                ? pusher.trigger(batch(number))
                : pusher.trigger(Workload.channel(number), Workload.EVENT, Workload.payload(number));
        if (result.getStatus() != Result.Status.SUCCESS) {
            throw new IllegalStateException(
                    "The sink has not accepted a request: " + result.getStatus() + ", " + result.getMessage());
        }
    }

    private static List<Event> batch(int number) {
        return IntStream.range(number, number + BATCH_SIZE)
                .mapToObj(i -> new Event(Workload.channel(i), Workload.EVENT, Workload.payload(i)))
                .toList();
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
