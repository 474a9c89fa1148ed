package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.support.OutageService;
import com.lattestream.core.support.OutageService.Mode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Outages of five kinds, with three kinds of traffic and four durations, on real sockets, in real time, with the default
 * options. Not part of the normal build; see CONTRIBUTING.md. All cells run at once.
 */
class OutageMatrix {

    private static final Duration BEFORE = Duration.ofSeconds(5);

    private static final Duration AFTER = Duration.ofSeconds(20);

    private static final int[] SECONDS = {10, 60, 110, 150};

    /** How the service is away. */
    enum Kind {
        REFUSED(Mode.REFUSED),
        SILENT(Mode.SILENT),
        UNAVAILABLE(Mode.UNAVAILABLE),
        RESETS(Mode.RESETS),
        /** Its name is unknown, and its port is closed, as old connections would otherwise remain in use. */
        DNS(Mode.REFUSED);

        private final Mode mode;

        Kind(Mode mode) {
            this.mode = mode;
        }
    }

    private record Traffic(int eventsPerSecond, int channels) {

        @Override
        public String toString() {
            return eventsPerSecond + "/s on " + channels + (channels == 1 ? " channel" : " channels");
        }
    }

    private record Result(
            Kind kind,
            Traffic traffic,
            int seconds,
            long triggered,
            long rejected,
            long failed,
            long unreported,
            long outOfOrder,
            long duplicates,
            double caughtUpAfter) {

        private String row() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %s | %d s | %d | %d | %d | %d | %d | %d | %s |",
                    kind.name().toLowerCase(Locale.ROOT),
                    traffic,
                    seconds,
                    triggered,
                    rejected,
                    failed,
                    unreported,
                    outOfOrder,
                    duplicates,
                    Double.isNaN(caughtUpAfter) ? "not" : String.format(Locale.ROOT, "%.1f s", caughtUpAfter));
        }
    }

    private final Set<String> hosts = new TreeSet<>();

    private final Path hostsFile = Path.of(System.getProperty("jdk.net.hosts.file", "target/outage-hosts"));

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void noEventIsLost() throws Exception {
        List<Traffic> traffics = List.of(new Traffic(5, 1), new Traffic(5, 200), new Traffic(1000, 200));
        ExecutorService executor = Executors.newCachedThreadPool();
        List<Future<Result>> running = new ArrayList<>();
        int number = 0;
        for (Kind kind : Kind.values()) {
            for (Traffic traffic : traffics) {
                for (int seconds : SECONDS) {
                    String host = "cell-" + number++;
                    running.add(executor.submit(() -> run(host, kind, traffic, seconds)));
                }
            }
        }
        long peak = 0;
        while (running.stream().anyMatch(cell -> !cell.isDone())) {
            peak = Math.max(
                    peak,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            TimeUnit.MILLISECONDS.sleep(200);
        }
        List<Result> results = new ArrayList<>();
        for (Future<Result> cell : running) {
            results.add(result(cell));
        }
        executor.shutdown();
        String table = results.stream().map(Result::row).collect(Collectors.joining("\n"));
        System.out.println("| outage | traffic | duration | triggered | rejected | failed | lost without report |"
                + " out of order | duplicates | caught up after |\n|---|---|---|---|---|---|---|---|---|---|\n"
                + table);
        System.out.println("peak heap of all cells together: " + peak / (1024 * 1024) + " MiB");

        assertThat(results).allSatisfy(result -> {
            assertThat(result.unreported()).isZero();
            assertThat(result.outOfOrder()).isZero();
            if (result.seconds() < 120) {
                assertThat(result.failed()).isZero();
                assertThat(result.caughtUpAfter()).isLessThan(15);
            }
        });
    }

    private static Result result(Future<Result> cell) throws InterruptedException, ExecutionException {
        return cell.get();
    }

    private Result run(String host, Kind kind, Traffic traffic, int seconds) throws Exception {
        resolvable(host, true);
        AtomicLong failed = new AtomicLong();
        try (OutageService service = new OutageService();
                LatteStreamClient client = LatteStreamClient.builder("lsk_test_secret")
                        .name(host)
                        .endpoint(host + ":" + service.port())
                        .useTls(false)
                        .undeliveredEventHandler((events, reason) -> failed.addAndGet(events.size()))
                        .build()) {
            Triggers triggers = new Triggers(client, traffic);
            triggers.runUntil(BEFORE);
            change(service, host, kind, true);
            triggers.runUntil(BEFORE.plusSeconds(seconds));
            change(service, host, kind, false);
            long returned = System.nanoTime();
            long backlog = triggers.accepted;
            AtomicLong caughtUp = new AtomicLong();
            Thread watch = new Thread(() -> caughtUp.set(awaitSettled(client, backlog, returned)));
            watch.start();
            triggers.runUntil(BEFORE.plusSeconds(seconds).plus(AFTER));
            watch.join();
            client.flushBatch().get(60, TimeUnit.SECONDS);
            return new Result(
                    kind,
                    traffic,
                    seconds,
                    triggers.accepted,
                    triggers.rejected,
                    failed.get(),
                    triggers.accepted - failed.get() - service.events().seen(),
                    service.events().outOfOrder(),
                    service.events().duplicates(),
                    caughtUp.get() < 0 ? Double.NaN : caughtUp.get() / 1e9);
        }
    }

    private static long awaitSettled(LatteStreamClient client, long events, long since) {
        try {
            while (System.nanoTime() - since < Duration.ofSeconds(60).toNanos()) {
                LatteStreamStatistics now = client.statistics();
                if (now.delivered() + now.failed() >= events) {
                    return System.nanoTime() - since;
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        return -1;
    }

    private void change(OutageService service, String host, Kind kind, boolean away) throws IOException {
        if (kind == Kind.DNS) {
            resolvable(host, !away);
        }
        service.mode(away ? kind.mode : Mode.UP);
    }

    // the JDK reads the file for each look-up
    private void resolvable(String host, boolean resolvable) throws IOException {
        synchronized (hosts) {
            if (resolvable) {
                hosts.add(host);
            } else {
                hosts.remove(host);
            }
            String content = hosts.stream()
                    .map(known -> "127.0.0.1 " + known)
                    .collect(Collectors.joining("\n", "127.0.0.1 localhost\n", "\n"));
            Path next = hostsFile.resolveSibling(hostsFile.getFileName() + ".new");
            Files.writeString(next, content);
            Files.move(next, hostsFile, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Triggers events at a constant rate; a call that waits for room in the queue delays the following ones. */
    private static final class Triggers {

        private final LatteStreamClient client;

        private final Traffic traffic;

        private final int[] numbers;

        private final long began = System.nanoTime();

        private long due;

        private long accepted;

        private long rejected;

        private Triggers(LatteStreamClient client, Traffic traffic) {
            this.client = client;
            this.traffic = traffic;
            this.numbers = new int[traffic.channels()];
        }

        private void runUntil(Duration end) throws InterruptedException {
            long period = Duration.ofSeconds(1).toNanos() / traffic.eventsPerSecond();
            long elapsed = System.nanoTime() - began;
            // calls that the queue has delayed are not made up for
            due = Math.max(due, elapsed - period);
            while (elapsed < end.toNanos()) {
                if (elapsed >= due) {
                    trigger();
                    due += period;
                } else {
                    TimeUnit.NANOSECONDS.sleep(Math.min(due, end.toNanos()) - elapsed);
                }
                elapsed = System.nanoTime() - began;
            }
        }

        private void trigger() {
            int channel = (int) ((accepted + rejected) % numbers.length);
            try {
                client.trigger("channel-" + channel, "event", numbers[channel] + " " + "x".repeat(80));
                numbers[channel]++;
                accepted++;
            } catch (LatteStreamQueueFullException ex) {
                rejected++;
            }
        }
    }
}
