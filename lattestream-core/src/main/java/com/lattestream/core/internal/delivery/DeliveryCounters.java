package com.lattestream.core.internal.delivery;

import java.util.concurrent.atomic.LongAdder;

/** Counts what the accumulator does not see. Thread-safe. */
final class DeliveryCounters {

    final LongAdder rejected = new LongAdder();

    final LongAdder retried = new LongAdder();

    final LongAdder split = new LongAdder();
}
