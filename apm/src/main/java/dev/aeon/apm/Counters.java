package dev.aeon.apm;

import java.util.concurrent.atomic.LongAdder;

/** The counters behind {@link BusStatistics}. Thread-safe. */
final class Counters {
  final LongAdder sent = new LongAdder();
  final LongAdder received = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder quarantined = new LongAdder();
  final LongAdder duplicates = new LongAdder();
  final LongAdder retried = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder unconfirmed = new LongAdder();
  final LongAdder missing = new LongAdder();
  final LongAdder lateAnswers = new LongAdder();

  BusStatistics read() {
    return new BusStatistics(
        sent.sum(),
        received.sum(),
        refused.sum(),
        quarantined.sum(),
        duplicates.sum(),
        retried.sum(),
        failed.sum(),
        unconfirmed.sum(),
        missing.sum(),
        lateAnswers.sum());
  }
}
