package com.lattestream.samples.benchmark.process;

import com.lattestream.samples.benchmark.contestant.Contestant;
import com.lattestream.samples.benchmark.contestant.Contestants;
import java.time.Duration;

/**
 * Runs one contestant in its process. Each line that it reads has a time in milliseconds; it prints the accepted work.
 */
public final class Worker {

    private Worker() {}

    public static void main(String[] args) throws Exception {
        try (Contestant contestant = Contestants.of(args[0], Integer.parseInt(args[1]))) {
            WorkerRequests.serve(millis -> {
                Contestant.Work work = contestant.work(Duration.ofMillis(Long.parseLong(millis)));
                return work.events() + " " + work.requests() + " " + work.nanos();
            });
        }
    }
}
