package dev.aeon.checks.bench.link;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * When enough has gone the same way for a trial to begin: once the compiler has nothing more to do.
 * On few processors it shares them with ends that spin, and transports differ in how much there is
 * to compile: after a fixed time some would be measured half compiled.
 */
final class WarmUp {
  private static final long LEAST_NANOS = 2_500_000_000L;
  private static final long MOST_NANOS = 10_000_000_000L;
  private static final long REST_NANOS = 1_000_000_000L;
  private static final long LOOK_NANOS = 100_000_000L;

  private final @Nullable CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
  private final long beginNanos;
  private long lookedNanos;
  private long compiledNanos;
  private long compiledMillis;

  /** Begins now. */
  WarmUp() {
    beginNanos = System.nanoTime();
    lookedNanos = beginNanos;
    compiledNanos = beginNanos;
  }

  boolean isOver() {
    long now = System.nanoTime();
    if (now - lookedNanos >= LOOK_NANOS) {
      look(now);
    }
    boolean isCompiled = now - compiledNanos >= REST_NANOS;
    long elapsed = now - beginNanos;
    return elapsed >= MOST_NANOS || (elapsed >= LEAST_NANOS && isCompiled);
  }

  private void look(long now) {
    lookedNanos = now;
    long millis = compiler == null ? 0 : compiler.getTotalCompilationTime();
    if (millis != compiledMillis) {
      compiledMillis = millis;
      compiledNanos = now;
    }
  }
}
