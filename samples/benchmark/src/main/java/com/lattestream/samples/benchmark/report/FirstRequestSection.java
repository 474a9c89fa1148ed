package com.lattestream.samples.benchmark.report;

import com.lattestream.samples.benchmark.result.FirstRequest;
import com.lattestream.samples.benchmark.result.Spread;
import java.util.List;

/** The time of the first request after the start of an application. */
final class FirstRequestSection {

    private FirstRequestSection() {}

    static Section of(FirstRequest requests) {
        Spread first = Spread.of(requests.first());
        Spread later = Spread.of(requests.later());
        String words =
                "The template triggers an event as soon as the application is ready, in a fresh JVM each time, without"
                        + " batching, so that it does not wait for others. This takes "
                        + Numbers.spread(first, Numbers::milliseconds)
                        + " until the event is accepted, because the first request sets up HTTP and opens a connection, and most of"
                        + " the code runs for the first time. A request after 1,000 others takes "
                        + Numbers.spread(later, Numbers::milliseconds) + ".";
        Table numbers = new Table("request", ">until the event is accepted", "")
                .row("the first", Numbers.milliseconds(first.median()), range(first))
                .row("one after 1,000 others", Numbers.milliseconds(later.median()), range(later));
        return new Section("The first request after a start", words, List.of(), numbers);
    }

    private static String range(Spread spread) {
        return Numbers.range(spread, Numbers::milliseconds);
    }
}
