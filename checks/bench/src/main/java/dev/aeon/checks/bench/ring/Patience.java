package dev.aeon.checks.bench.ring;

import java.util.concurrent.locks.LockSupport;

/**
 * How a producer waits that found no room: it spins, or yields where there are more threads than
 * processors, and sleeps once nobody has read for so long that another system must be in turn.
 * Confined to its thread.
 */
final class Patience {
  private static final int LOOKS_BEFORE_SLEEP = 20_000;
  private static final long SLEEP_NANOS = 500_000;

  private final boolean yields;
  private int looks;

  Patience(boolean yields) {
    this.yields = yields;
  }

  void foundRoom() {
    // Written at every record, it would take its line away from whoever reads beside it.
    if (looks != 0) {
      looks = 0;
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // more threads than processors
  void foundNone() {
    if (looks++ > LOOKS_BEFORE_SLEEP) {
      LockSupport.parkNanos(SLEEP_NANOS);
    } else if (yields) {
      Thread.yield();
    } else {
      Thread.onSpinWait();
    }
  }
}
