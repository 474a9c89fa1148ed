package com.lattestream.core.internal.delivery;

import java.util.concurrent.atomic.LongAdder;

/** Counts rejected events, retries and split batches, which the accumulator does not record. Thread-safe. */
final class DeliveryCounters {

    final LongAdder rejected = new LongAdder();

    final LongAdder retried = new LongAdder();

    final LongAdder split = new LongAdder();
}
