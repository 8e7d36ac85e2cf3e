package dev.aeon.apm;

import java.util.concurrent.atomic.LongAdder;

/** The counters behind {@link BusStatistics}. Thread-safe. */
final class Counters {
  final LongAdder sent = new LongAdder();
  final LongAdder received = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder quarantined = new LongAdder();

  BusStatistics read() {
    return new BusStatistics(sent.sum(), received.sum(), refused.sum(), quarantined.sum());
  }
}
