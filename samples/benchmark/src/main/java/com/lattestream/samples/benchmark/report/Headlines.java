package com.lattestream.samples.benchmark.report;

import com.lattestream.samples.benchmark.result.Spread;
import com.lattestream.samples.benchmark.result.Throughput;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows the most important ratios, with the best result of each contestant. */
final class Headlines {

    private final List<Throughput> throughput;

    Headlines(List<Throughput> throughput) {
        this.throughput = throughput;
    }

    String markdown() {
        String ratios = Stream.of(
                        ratio(
                                Series.LATTESTREAM,
                                EnumSet.of(Series.PUSHER, Series.PUSHER_POOL),
                                "the events per second of pusher-http-java, one event for each request"),
                        ratio(
                                Series.LATTESTREAM,
                                EnumSet.of(Series.PUSHER_BATCH, Series.PUSHER_BATCH_POOL),
                                "those of pusher-http-java in batches of 10, its maximum"),
                        ratio(
                                Series.LATTESTREAM,
                                EnumSet.of(Series.FLOOR_BATCH_SIGNED),
                                "those of the floor, which signs and sends batches of the same size"),
                        ratio(
                                Series.LATTESTREAM_UNBATCHED,
                                EnumSet.of(Series.FLOOR_SINGLE_SIGNED),
                                "those of the floor, without batches on either side"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("\n"));
        return ratios.isEmpty()
                ? ""
                : "With the best number of callers for each contestant, LatteStream's client sends\n\n" + ratios + "\n";
    }

    private Optional<String> ratio(Series ours, Set<Series> theirs, String words) {
        return best(throughput, EnumSet.of(ours))
                .flatMap(our -> best(throughput, theirs).map(their -> {
                    Spread ratio = Spread.ofRatios(our.eventsPerSecond(), their.eventsPerSecond());
                    return "- **%s×** %s %s: %s, against %s"
                            .formatted(
                                    Numbers.plain(ratio.median()),
                                    Numbers.range(ratio, Numbers::plain),
                                    words,
                                    rate(our),
                                    rate(their));
                }));
    }

    /** Returns the contestant of some series with the most events per second. */
    static Optional<Throughput> best(List<Throughput> throughput, Set<Series> among) {
        return throughput.stream()
                .filter(candidate -> ContestantName.of(candidate.contestant())
                        .series()
                        .filter(among::contains)
                        .isPresent())
                .max(Comparator.comparingDouble(
                        candidate -> Spread.of(candidate.eventsPerSecond()).median()));
    }

    private static String rate(Throughput throughput) {
        return Numbers.count(Spread.of(throughput.eventsPerSecond()).median()) + " per second ("
                + ContestantName.of(throughput.contestant()).label() + ")";
    }
}
