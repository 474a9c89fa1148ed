package com.lattestream.samples.benchmark.measure;

import com.lattestream.core.Event;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamStatistics;
import com.lattestream.samples.benchmark.contestant.Workload;
import com.lattestream.samples.benchmark.process.WorkerRequests;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Triggers events with many channels or much data, for lines such as {@code channels 100 5000} (milliseconds). */
final class ScalingWorker {

    // half of the events that the queue of the client can hold
    private static final int EVENTS_AT_ONCE = 5000;

    private static final int BYTES_AT_ONCE = 16 * 1024 * 1024;

    // the maximum number of channels in a request
    private static final int CHANNELS_TOGETHER = 100;

    private static final int CHANNEL_SETS = 100;

    private final LatteStreamClient client;

    private int number;

    private ScalingWorker(LatteStreamClient client) {
        this.client = client;
    }

    public static void main(String[] args) throws Exception {
        try (LatteStreamClient client = LatteStreamClient.builder(Workload.SECRET)
                .endpoint("127.0.0.1:" + args[0])
                .useTls(false)
                .maxBlock(Duration.ofMinutes(1))
                .build()) {
            WorkerRequests.serve(new ScalingWorker(client)::handle);
        }
    }

    private String handle(String request) throws Exception {
        String[] words = request.split(" ", -1);
        int size = Integer.parseInt(words[1]);
        Duration duration = Duration.ofMillis(Long.parseLong(words[2]));
        return switch (words[0]) {
            case "channels" -> channels(size, duration);
            case "bytes" -> bytes(size, duration);
            default -> throw new IllegalArgumentException(request);
        };
    }

    private String channels(int size, Duration duration) throws Exception {
        // a hundred triggers use different channels, as an event waits for the previous one on its channel
        List<List<String>> sets = IntStream.range(0, CHANNEL_SETS)
                .mapToObj(set -> IntStream.range(0, size)
                        .mapToObj("room-%03d-%%04d".formatted(set)::formatted)
                        .toList())
                .toList();
        int parts = (size + CHANNELS_TOGETHER - 1) / CHANNELS_TOGETHER;
        return measure(
                number -> client.trigger(
                        Event.of(sets.get(number % CHANNEL_SETS), Workload.EVENT, Workload.payload(number))),
                EVENTS_AT_ONCE / parts,
                size,
                duration);
    }

    private String bytes(int size, Duration duration) throws Exception {
        // {"text":"..."}
        Map<String, String> data = Map.of("text", "x".repeat(size - 11));
        return measure(
                number -> client.trigger(Workload.channel(number), Workload.EVENT, data),
                Math.min(EVENTS_AT_ONCE, BYTES_AT_ONCE / size),
                1,
                duration);
    }

    /** Triggers events in blocks; returns the microseconds per trigger, and those until a channel has its event. */
    private String measure(IntConsumer trigger, int block, int channels, Duration duration) throws Exception {
        LatteStreamStatistics before = client.statistics();
        long calling = 0;
        long whole = 0;
        long triggers = 0;
        do {
            long started = System.nanoTime();
            for (int i = 0; i < block; i++) {
                trigger.accept(number++);
            }
            calling += System.nanoTime() - started;
            client.flushBatch().get(1, TimeUnit.MINUTES);
            whole += System.nanoTime() - started;
            triggers += block;
        } while (whole < duration.toNanos());
        requireAccepted(before, client.statistics());
        return calling / 1000.0 / triggers + " " + whole / 1000.0 / triggers / channels;
    }

    private static void requireAccepted(LatteStreamStatistics before, LatteStreamStatistics after) {
        if (after.failed() > before.failed() || after.split() > before.split() || after.retried() > before.retried()) {
            throw new IllegalStateException("The sink has not accepted everything as it came: " + after);
        }
    }
}
