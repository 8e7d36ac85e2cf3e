package dev.aeon.slabs.transport;

import java.util.concurrent.locks.LockSupport;

/**
 * Waits a little longer each time nothing was found: spins, then yields, then parks for up to a
 * millisecond. Works across processes, for nobody has to wake anybody. For one thread at a time;
 * allocates nothing.
 */
public final class Backoff {
  private static final int SPIN_COUNT = 64;
  private static final int YIELD_COUNT = 64;
  private static final long MIN_PARK_NANOS = 1_000;
  private static final long MAX_PARK_NANOS = 1_000_000;

  private int idleCount;
  private long parkNanos = MIN_PARK_NANOS;

  public Backoff() {}

  /** Something was found. */
  public void reset() {
    idleCount = 0;
    parkNanos = MIN_PARK_NANOS;
  }

  /** Nothing was found: waits. Returns early where the thread is interrupted. */
  @SuppressWarnings("ThreadPriorityCheck") // yielding is a hint here, not what anything relies on
  public void idle() {
    if (idleCount < SPIN_COUNT) {
      idleCount++;
      Thread.onSpinWait();
    } else if (idleCount < SPIN_COUNT + YIELD_COUNT) {
      idleCount++;
      Thread.yield();
    } else {
      LockSupport.parkNanos(parkNanos);
      parkNanos = Math.min(parkNanos * 2, MAX_PARK_NANOS);
    }
  }

  /** {@link #reset} or {@link #idle}, as work was found or not. */
  public void after(int workCount) {
    if (workCount > 0) {
      reset();
    } else {
      idle();
    }
  }
}
