package dev.aeon.sp.core;

import dev.aeon.sp.transport.Strand;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Pipes of one socket that hold small messages back, to send them in one piece. They are flushed
 * before somebody waits for a message, and else soon after the last of them has begun to hold.
 * Confined to the socket's strand, but for the look at the clock: the lock is left to who sends
 * while that one flushes often enough by itself.
 */
final class HeldBack {
  private static final long DELAY_NANOS = 100_000;
  private static final int MOST_DELAYS = 8;

  private final IoWorker worker;
  private final Strand strand;
  private final Set<Runnable> flushes = Collections.newSetFromMap(new IdentityHashMap<>());
  private volatile long sinceNanos;
  private boolean looking;
  private int delayCount;

  HeldBack(IoWorker worker, Strand strand) {
    this.worker = worker;
    this.strand = strand;
  }

  /** Notes that a pipe has begun to hold back; {@code flush} is the same each time. */
  void add(Runnable flush, long nowNanos) {
    flushes.add(flush);
    sinceNanos = nowNanos;
    if (!looking) {
      looking = true;
      delayCount = 0;
      lookAfter(DELAY_NANOS);
    }
  }

  private void lookAfter(long delayNanos) {
    worker.schedule(Strand.NONE, delayNanos, this::look);
  }

  private void look() {
    long left = DELAY_NANOS - (worker.nanoTime() - sinceNanos);
    if (left > 0 && delayCount++ < MOST_DELAYS) {
      lookAfter(left);
      return;
    }
    strand.lock();
    try {
      looking = false;
      flushAll();
    } finally {
      strand.unlock();
    }
  }

  /** A flush may close its pipe, upon which others begin to hold. */
  void flushAll() {
    while (!flushes.isEmpty()) {
      Runnable flush = flushes.iterator().next();
      flushes.remove(flush);
      flush.run();
    }
  }
}
