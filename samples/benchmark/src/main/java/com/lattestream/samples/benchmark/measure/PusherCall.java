package com.lattestream.samples.benchmark.measure;

import com.lattestream.samples.benchmark.contestant.Workload;
import com.pusher.rest.Pusher;
import com.pusher.rest.data.Result;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * pusher-http-java, whose calls block: each waits for one of a pool of threads that has the size of the connection
 * pool.
 */
final class PusherCall implements Call {

    private final Pusher pusher = new Pusher("1", "key", Workload.SECRET);

    private final ExecutorService executor = Executors.newFixedThreadPool(Workload.CONNECTIONS);

    PusherCall(int port) {
        pusher.setHost("127.0.0.1:" + port);
        pusher.configureHttpClient(Pusher.defaultHttpClientBuilder()
                .setMaxConnTotal(Workload.CONNECTIONS)
                .setMaxConnPerRoute(Workload.CONNECTIONS));
    }

    @Override
    public CompletionStage<?> make(int number) {
        return CompletableFuture.runAsync(() -> trigger(number), executor);
    }

    private void trigger(int number) {
        Result result = pusher.trigger(Workload.channel(number), Workload.EVENT, Workload.payload(number));
        if (result.getStatus() != Result.Status.SUCCESS) {
            throw new IllegalStateException(result.getStatus() + ", " + result.getMessage());
        }
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
