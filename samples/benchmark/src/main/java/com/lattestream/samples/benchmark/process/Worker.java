package com.lattestream.samples.benchmark.process;

import com.lattestream.samples.benchmark.contestant.Contestant;
import com.lattestream.samples.benchmark.contestant.Contestants;
import java.time.Duration;

/** One contestant in its process: works for so many milliseconds for each line that it reads, and tells what it did. */
public final class Worker {

    private Worker() {}

    public static void main(String[] args) throws Exception {
        try (Contestant contestant = Contestants.of(args[0], Integer.parseInt(args[1]))) {
            Answers.give(millis -> {
                Contestant.Work work = contestant.work(Duration.ofMillis(Long.parseLong(millis)));
                return work.events() + " " + work.requests() + " " + work.nanos();
            });
        }
    }
}
