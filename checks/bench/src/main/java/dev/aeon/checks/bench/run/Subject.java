package dev.aeon.checks.bench.run;

import dev.aeon.checks.bench.messaging.MessagingSystem;
import dev.aeon.checks.bench.messaging.TransportKind;
import dev.aeon.checks.bench.trial.Trial;
import dev.aeon.checks.bench.trial.TrialKind;
import java.util.Map;
import java.util.TreeMap;

/** What is measured of several systems. */
record Subject(TrialKind kind, TransportKind transport, int byteSize, int pipeCount) {
  /** A second or less is too short to see what those do who do nothing. */
  private static final long LEAST_IDLE_MILLIS = 1_500;

  Trial of(MessagingSystem system, long warmMillis, long measureMillis) {
    long least = kind == TrialKind.IDLE ? LEAST_IDLE_MILLIS : 0;
    return new Trial(
        kind,
        system,
        transport,
        byteSize,
        pipeCount,
        Math.max(warmMillis, least),
        Math.max(measureMillis, least));
  }

  /** Whether each trial has a process of its own, in which all code is compiled anew. */
  boolean isAlwaysFirst() {
    return kind == TrialKind.GROWTH;
  }

  Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("transport", transport.name());
    parameters.put("byteSize", Integer.toString(byteSize));
    parameters.put("pipes", Integer.toString(pipeCount));
    return parameters;
  }

  /** As goals name theirs, then the pipes. */
  @Override
  public String toString() {
    return "%s %s %d B, %d pipes".formatted(kind.label(), transport, byteSize, pipeCount);
  }
}
