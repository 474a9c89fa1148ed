package com.lattestream.samples.benchmark.report;

import com.lattestream.samples.benchmark.report.chart.Colour;
import java.util.Optional;

/**
 * The name of a contestant for readers.
 *
 * @param label the label, such as {@code LatteStream, 8 threads}
 * @param series the series that the contestant belongs to, if it is known
 * @param atOnce the number of callers or concurrent requests; 0 if the name does not contain it
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
