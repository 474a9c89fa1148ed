package com.lattestream.samples.benchmark.report;

import com.lattestream.samples.benchmark.result.Results;
import com.lattestream.samples.benchmark.result.Spread;
import java.util.EnumSet;

/** The ratios of each round, beside the state of the machine in this round. */
final class RoundsTable {

    private final Results results;

    RoundsTable(Results results) {
        this.results = results;
    }

    /** Returns the table; empty if a contestant was not measured, or not in each of the rounds. */
    String markdown() {
        double[] nanos = results.coreToCoreNanos();
        double[][] columns = {
            ratios(Series.LATTESTREAM, EnumSet.of(Series.FLOOR_BATCH_SIGNED)),
            ratios(Series.LATTESTREAM, EnumSet.of(Series.PUSHER_BATCH, Series.PUSHER_BATCH_POOL)),
            ratios(Series.LATTESTREAM_UNBATCHED, EnumSet.of(Series.FLOOR_SINGLE_SIGNED))
        };
        for (double[] column : columns) {
            if (column.length != nanos.length) {
                return "";
            }
        }
        Table table = new Table(
                ">round",
                ">cache line, ns",
                ">batched, of the floor with HMAC",
                ">batched, of pusher-http-java in batches",
                ">unbatched, of the floor with HMAC");
        for (int round = 0; round < nanos.length; round++) {
            table.row(
                    String.valueOf(round + 1),
                    Numbers.plain(nanos[round]),
                    Numbers.plain(columns[0][round]) + "×",
                    Numbers.plain(columns[1][round]) + "×",
                    Numbers.plain(columns[2][round]) + "×");
        }
        return table.markdown();
    }

    private double[] ratios(Series ours, EnumSet<Series> theirs) {
        return Headlines.best(results.throughput(), EnumSet.of(ours))
                .flatMap(our -> Headlines.best(results.throughput(), theirs)
                        .map(their -> Spread.ratios(our.eventsPerSecond(), their.eventsPerSecond())))
                .orElseGet(() -> new double[0]);
    }
}
