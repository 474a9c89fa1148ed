package com.lattestream.samples.benchmark.contestant;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.TriggerResult;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * LatteStream without batching, with a fixed number of concurrent requests. The next event is sent after each response.
 */
final class UnbatchedContestant implements Contestant {

    private final LatteStreamClient client;

    private final int inFlight;

    private final AtomicInteger numbers = new AtomicInteger();

    UnbatchedContestant(String endpoint, int inFlight) {
        this.client = LatteStreamClient.builder(Workload.SECRET)
                .endpoint(endpoint)
                .useTls(false)
                .enableBatching(false)
                .build();
        this.inFlight = inFlight;
    }

    @Override
    public Work work(Duration duration) throws Exception {
        long started = System.nanoTime();
        Run run = new Run(started + duration.toNanos());
        for (int i = 0; i < inFlight; i++) {
            run.next();
        }
        if (!run.ended.await(duration.toSeconds() + 60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Some events have no response: " + client.statistics());
        }
        if (run.failure.get() != null) {
            throw new IllegalStateException("The sink has not accepted an event", run.failure.get());
        }
        return new Work(run.accepted.get(), run.accepted.get(), System.nanoTime() - started);
    }

    @Override
    public void close() {
        client.close();
    }

    private final class Run {

        private final long until;

        private final CountDownLatch ended = new CountDownLatch(inFlight);

        private final AtomicInteger accepted = new AtomicInteger();

        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        private Run(long until) {
            this.until = until;
        }

        private void next() {
            int number = numbers.getAndIncrement();
            client.trigger(Workload.channel(number), Workload.EVENT, Workload.payload(number))
                    .whenComplete(this::completed);
        }

        private void completed(@Nullable TriggerResult result, @Nullable Throwable reason) {
            if (reason != null) {
                failure.compareAndSet(null, reason);
                ended.countDown();
                return;
            }
            accepted.incrementAndGet();
            if (System.nanoTime() - until < 0) {
                next();
            } else {
                ended.countDown();
            }
        }
    }
}
