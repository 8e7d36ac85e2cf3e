package dev.aeon.checks.bench.trial;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * The just-in-time compiler at rest: what runs for hours is measured, not its first second. Code
 * that a trial's end has gone through is compiled anew in the next trial, which on few and busy
 * processors takes longer than any fixed time before a trial.
 */
final class CompilerRest {
  private static final Duration STEP = Duration.ofMillis(50);
  private static final int STEPS_OF_REST = 8;

  private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();

  /** Returns once nothing has been compiled for 0.4 s, or when time is up. */
  void await(Duration limit) throws InterruptedException {
    long stepCount = limit.dividedBy(STEP);
    long before = compiler.getTotalCompilationTime();
    int resting = 0;
    for (int step = 0; step < stepCount && resting < STEPS_OF_REST; step++) {
      Thread.sleep(STEP);
      long now = compiler.getTotalCompilationTime();
      resting = now == before ? resting + 1 : 0;
      before = now;
    }
  }
}
