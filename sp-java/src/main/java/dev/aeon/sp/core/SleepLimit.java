package dev.aeon.sp.core;

import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends sleeps of one thread at a time that last too long. A timer for each sleep costs as much as
 * half a wake-up; so the reactor looks from time to time instead, while there are sleeps, and none
 * lasts for twice the limit. Sleeps begin and end on the thread that sleeps.
 */
final class SleepLimit {
  private static final long AWAKE = Long.MIN_VALUE;

  private final Reactor reactor;
  private final long limitNanos;
  private final Runnable wake;
  private volatile long sinceNanos = AWAKE;
  private final AtomicBoolean looking = new AtomicBoolean();

  /**
   * @param wake run by the reactor; the sleep may have ended by then
   */
  SleepLimit(Reactor reactor, long limitNanos, Runnable wake) {
    this.reactor = reactor;
    this.limitNanos = limitNanos;
    this.wake = wake;
  }

  void sleepBegins(long nowNanos) {
    sinceNanos = nowNanos;
    lookIfNobodyDoes();
  }

  void sleepEnds() {
    sinceNanos = AWAKE;
  }

  private void lookIfNobodyDoes() {
    if (!looking.get() && looking.compareAndSet(false, true)) {
      reactor.schedule(Strand.NONE, limitNanos, this::look);
    }
  }

  private void look() {
    long since = sinceNanos;
    if (since != AWAKE && reactor.nanoTime() - since >= limitNanos) {
      wake.run();
    }
    looking.set(false);
    // Who began to sleep meanwhile may have relied on this look.
    if (sinceNanos != AWAKE) {
      lookIfNobodyDoes();
    }
  }
}
