package dev.aeon.sp.core;

import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Writes of one socket that wait for room. Whoever leads does them; nobody else needs to while one
 * will.
 */
final class BlockedWrites implements DependentCount {
  /**
   * A write that memory has no room for waits so long for a caller to lead before it is watched.
   */
  private static final long LED_AGAIN_NANOS = 500_000;

  private final Reactor worker;
  private final Strand strand;
  private final BooleanSupplier isLookedAt;
  private final LongSupplier lastLedNanos;
  private final Runnable watchUnlessLed;
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicBoolean looking = new AtomicBoolean();

  /** Of the strand. */
  private boolean leaderToCome;

  /**
   * @param isLookedAt whether callers of the socket come back to look at its memory
   * @param lastLedNanos when one last did
   * @param watchUnlessLed has the worker do the writes, unless somebody leads
   */
  BlockedWrites(
      Reactor worker,
      Strand strand,
      BooleanSupplier isLookedAt,
      LongSupplier lastLedNanos,
      Runnable watchUnlessLed) {
    this.worker = worker;
    this.strand = strand;
    this.isLookedAt = isLookedAt;
    this.lastLedNanos = lastLedNanos;
    this.watchUnlessLed = watchUnlessLed;
  }

  boolean areNone() {
    return count.get() == 0;
  }

  @Override
  public void more() {
    count.incrementAndGet();
    if (!leaderToCome) {
      watchUnlessLedAgain();
    }
  }

  @Override
  public void fewer() {
    count.decrementAndGet();
  }

  /** A send begins, whose caller may come to lead. With the strand held. */
  void sendBegins() {
    leaderToCome = true;
  }

  /**
   * It has done what it could. With the strand held.
   *
   * @param leads whether its caller comes to lead now
   */
  void sendIsThrough(boolean leads) {
    leaderToCome = false;
    if (!leads && !areNone()) {
      watchUnlessLed.run();
    }
  }

  /** Who looks at memory leaves a write behind, and is most likely back for the next soon. */
  void watchUnlessLedAgain() {
    if (!isLookedAt.getAsBoolean()) {
      watchUnlessLed.run();
    } else if (!areNone() && looking.compareAndSet(false, true)) {
      worker.schedule(strand, LED_AGAIN_NANOS, this::look);
    }
  }

  private void look() {
    looking.set(false);
    if (worker.nanoTime() - lastLedNanos.getAsLong() < LED_AGAIN_NANOS) {
      watchUnlessLedAgain();
    } else {
      watchUnlessLed.run();
    }
  }
}
