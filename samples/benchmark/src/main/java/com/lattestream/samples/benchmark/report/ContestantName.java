package com.lattestream.samples.benchmark.report;

import com.lattestream.samples.benchmark.report.chart.Colour;
import java.util.Optional;

/**
 * A contestant's name, as people read it.
 *
 * @param label such as {@code LatteStream, 8 threads}
 * @param series those that it belongs to, if it is known
 * @param atOnce how many callers or requests at once; 0 if the name does not tell
 */
record ContestantName(String label, Optional<Series> series, int atOnce) {

    static ContestantName of(String name) {
        Optional<Series> alone = Series.named(name);
        if (alone.isPresent()) {
            return new ContestantName(alone.get().label(), alone, 0);
        }
        int hyphen = name.lastIndexOf('-');
        String number = name.substring(hyphen + 1);
        Optional<Series> series =
                number.matches("\\d{1,6}") ? Series.named(name.substring(0, Math.max(0, hyphen))) : Optional.empty();
        return series.map(known ->
                        new ContestantName(known.label(Integer.parseInt(number)), series, Integer.parseInt(number)))
                .orElseGet(() -> new ContestantName(name, Optional.empty(), 0));
    }

    boolean isOf(Series.Family family) {
        return series.map(Series::family).filter(family::equals).isPresent();
    }

    Colour colour() {
        return series.map(known -> known.family().colour()).orElse(Colour.GREY);
    }
}
