package com.lattestream.samples.benchmark.web;

import com.lattestream.samples.benchmark.contestant.BareHttpClient;
import com.lattestream.samples.benchmark.measure.Call;
import com.lattestream.samples.benchmark.measure.FixedRate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one server over connections that stay open, and counts responses of another status than expected.
 */
final class HttpLoad implements AutoCloseable {

    private final BareHttpClient client;

    private final int connections;

    private final AtomicInteger numbers = new AtomicInteger();

    private final LongAdder sent = new LongAdder();

    private final LongAdder unexpected = new LongAdder();

    private final AtomicReference<@Nullable String> firstUnexpected = new AtomicReference<>();

    HttpLoad(int port, int connections) {
        this.client = new BareHttpClient(new HttpHost("http", "127.0.0.1", port), connections, List.of());
        this.connections = connections;
    }

    /** Sends one request with this number, and returns the body of its response. */
    String once(Load load, int number) {
        String body = send(load, number).join().getBodyText();
        requireExpectedOnly(load);
        return body == null ? "" : body;
    }

    /**
     * Sends requests on all connections without pauses.
     * @return the number of responses per second
     * @throws IllegalStateException if a response had another status than expected
     */
    double requestsPerSecond(Load load, Duration duration) {
        Phaser open = new Phaser(1);
        LongAdder responses = new LongAdder();
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        for (int i = 0; i < connections; i++) {
            open.register();
            new Lane(load, end, responses, open).next();
        }
        open.arriveAndAwaitAdvance();
        double seconds = (System.nanoTime() - start) / 1e9;
        requireExpectedOnly(load);
        return responses.sum() / seconds;
    }

    /**
     * Sends requests at a fixed rate.
     * @return nanoseconds from the scheduled time of each request to its response
     * @throws IllegalStateException if a response had another status than expected
     */
    Histogram latencies(Load load, int requestsPerSecond, Duration duration) throws InterruptedException {
        Call call = new Call() {
            @Override
            public CompletionStage<?> make(int number) {
                return send(load);
            }

            @Override
            public void close() {}
        };
        Histogram latencies = new FixedRate(call, requestsPerSecond).run(duration);
        requireExpectedOnly(load);
        return latencies;
    }

    /** Returns the number of requests that were sent so far. */
    long sent() {
        return sent.sum();
    }

    private CompletableFuture<SimpleHttpResponse> send(Load load) {
        return send(load, numbers.incrementAndGet());
    }

    private CompletableFuture<SimpleHttpResponse> send(Load load, int number) {
        Body.Message message = load.body().message(number);
        CompletableFuture<SimpleHttpResponse> response = new CompletableFuture<>();
        sent.increment();
        client.post(load.path(), message.bytes(), message.headers(), new FutureCallback<>() {
            @Override
            public void completed(SimpleHttpResponse result) {
                if (result.getCode() != load.status()) {
                    unexpected("status " + result.getCode());
                }
                response.complete(result);
            }

            @Override
            public void failed(Exception ex) {
                unexpected(ex.toString());
                response.completeExceptionally(ex);
            }

            @Override
            public void cancelled() {
                failed(new CancellationException());
            }
        });
        return response;
    }

    private void unexpected(String what) {
        unexpected.increment();
        firstUnexpected.compareAndSet(null, what);
    }

    private void requireExpectedOnly(Load load) {
        if (unexpected.sum() > 0) {
            throw new IllegalStateException(load.label() + ": " + unexpected.sum() + " of " + sent.sum()
                    + " responses were not " + load.status() + "; the first: " + firstUnexpected.get());
        }
    }

    @Override
    public void close() {
        client.close();
    }

    /** A sequence of requests on one connection. */
    private final class Lane {

        private final Load load;

        private final long end;

        private final LongAdder responses;

        private final Phaser open;

        private Lane(Load load, long end, LongAdder responses, Phaser open) {
            this.load = load;
            this.end = end;
            this.responses = responses;
            this.open = open;
        }

        private void next() {
            send(load).whenComplete((response, failure) -> {
                responses.increment();
                // a failure is counted above, and ends this sequence
                if (failure == null && System.nanoTime() < end) {
                    next();
                } else {
                    open.arriveAndDeregister();
                }
            });
        }
    }
}
