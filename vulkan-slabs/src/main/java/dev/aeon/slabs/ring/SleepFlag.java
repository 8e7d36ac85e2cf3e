package dev.aeon.slabs.ring;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Says in shared memory that an end sleeps. Whoever is about to sleep raises the flag and then
 * looks at the ring once more; whoever changes the ring then looks at the flag: with a full fence
 * between the two steps of either, one of them sees the other (Dekker's rule).
 */
record SleepFlag(MemorySegment segment, long byteOffset) {
  /**
   * Sleepers look again after this long: whoever had to wake them may have been killed, and a slab
   * may have been closed.
   */
  private static final long LONGEST_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final int SPINS_BEFORE_PARKING = 200;

  /** Wakes who sleeps; to be called after each change that a sleeper may wait for. */
  void wake(RingSignal signal) {
    VarHandle.fullFence();
    if (isRaised() && (long) RingLayout.WORD.getAndSet(segment, byteOffset, 0L) != 0) {
      signal.signal();
    }
  }

  /** Waits until {@code isReady}, or returns false after {@code timeoutNanos}. */
  boolean await(BooleanSupplier isReady, Waiting waiting, long timeoutNanos)
      throws InterruptedException {
    long begin = System.nanoTime();
    for (int look = 0; !isReady.getAsBoolean(); look++) {
      long leftNanos = timeoutNanos - (System.nanoTime() - begin);
      if (leftNanos <= 0) {
        return false;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while waiting for a ring");
      }
      pause(isReady, waiting, look, leftNanos);
    }
    return true;
  }

  @SuppressWarnings("ThreadPriorityCheck") // yielding is what the caller asked for
  private void pause(BooleanSupplier isReady, Waiting waiting, int look, long leftNanos) {
    switch (waiting) {
      case Waiting.Spinning() -> Thread.onSpinWait();
      case Waiting.Yielding() -> Thread.yield();
      case Waiting.Parking(long pauseNanos) -> park(look, Math.min(pauseNanos, leftNanos));
      case Waiting.Woken(RingWakeUp wakeUp) -> sleep(isReady, wakeUp, leftNanos);
    }
  }

  private static void park(int look, long nanos) {
    if (look < SPINS_BEFORE_PARKING) {
      Thread.onSpinWait();
    } else {
      LockSupport.parkNanos(nanos);
    }
  }

  private void sleep(BooleanSupplier isReady, RingWakeUp wakeUp, long leftNanos) {
    raise();
    if (!isReady.getAsBoolean()) {
      long nanos = Math.min(leftNanos, LONGEST_SLEEP_NANOS);
      wakeUp.await((int) TimeUnit.NANOSECONDS.toMillis(nanos + 999_999));
    }
  }

  void raise() {
    RingLayout.WORD.setVolatile(segment, byteOffset, 1L);
    VarHandle.fullFence();
  }

  boolean isRaised() {
    return (long) RingLayout.WORD.getVolatile(segment, byteOffset) != 0;
  }
}
