package com.lattestream.samples.benchmark.process;

import com.lattestream.samples.benchmark.contestant.Contestant;
import com.lattestream.samples.benchmark.contestant.Contestants;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One contestant in its process: works for so many milliseconds for each line that it reads, and tells what it did. */
public final class Worker {

    private Worker() {}

    public static void main(String[] args) throws Exception {
        try (Contestant contestant = Contestants.of(args[0], Integer.parseInt(args[1]));
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println("ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Contestant.Work work = contestant.work(Duration.ofMillis(Long.parseLong(line)));
                System.out.println(work.events() + " " + work.requests() + " " + work.nanos());
            }
        } catch (IOException ex) {
            throw new IllegalStateException("Whoever started this is gone", ex);
        }
    }
}
