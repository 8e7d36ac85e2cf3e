package dev.aeon.sp.core;

import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Pipes of one socket that hold small messages back, to send them in one piece. They are flushed
 * before somebody waits for a message, and else soon after the last of them has begun to hold: the
 * later the more they are, as each costs a call of the kernel, which is to be worth it, but never
 * long after the last message. Confined to the socket's strand, but for the look at the clock: the
 * lock is left to who sends while that one flushes often enough by itself.
 */
final class HeldBack {
  /** From when the last pipe has begun to hold. */
  private static final long DELAY_NANOS = 100_000;

  /** From when the first has. */
  private static final long MOST_DELAY_NANOS = 800_000;

  /** From one look at the clock to the next, however long pipes go on holding back. */
  private static final long MOST_PAUSE_NANOS = 800_000;

  /** A flush takes a quarter of it, so that most of the time is left for messages. */
  private static final long PIPE_DELAY_NANOS = 8_000;

  /** However many they are. */
  private static final long DELAY_LIMIT_NANOS = 100_000_000;

  /** Who has sent nothing for so long is not waited for. */
  private static final long LULL_NANOS = 10_000_000;

  /** What all pipes of a socket hold together, where as many held in the round before. */
  private static final long MOST_BYTE_COUNT = 16 << 20;

  private final Reactor worker;
  private final Strand strand;
  private final LongSupplier sentCount;
  private final ArrayDeque<Runnable> flushes = new ArrayDeque<>();
  private final Set<Runnable> members = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Runnable look = this::look;
  private volatile long dueNanos;
  private long begunNanos;

  /** How many the last flush was of. */
  private int lastCount;

  private boolean looking;

  /** Before the next look, of whoever looks. */
  private long pauseNanos;

  /** As whoever looks saw it last, and when it was first seen. */
  private long seenSentCount;

  private long seenNanos;

  /**
   * @param sentCount messages that the socket has sent; those seen too late cost a flush
   */
  HeldBack(Reactor worker, Strand strand, LongSupplier sentCount) {
    this.worker = worker;
    this.strand = strand;
    this.sentCount = sentCount;
  }

  /** Notes that a pipe has begun to hold back; {@code flush} is the same each time. */
  void add(Runnable flush, long nowNanos) {
    if (flushes.isEmpty()) {
      begunNanos = nowNanos;
    }
    if (members.add(flush)) {
      flushes.add(flush);
    }
    long forPipes = (flushes.size() - 1) * PIPE_DELAY_NANOS;
    dueNanos =
        Math.min(
            nowNanos + Math.min(DELAY_NANOS + forPipes, DELAY_LIMIT_NANOS),
            begunNanos + Math.min(MOST_DELAY_NANOS + forPipes, DELAY_LIMIT_NANOS));
    if (!looking) {
      looking = true;
      pauseNanos = DELAY_NANOS;
      seenNanos = nowNanos;
      lookAfter(DELAY_NANOS);
    }
  }

  /** What one pipe may hold. */
  long byteLimit() {
    return MOST_BYTE_COUNT / Math.max(1, Math.max(flushes.size(), lastCount));
  }

  private void lookAfter(long delayNanos) {
    worker.schedule(Strand.NONE, delayNanos, look);
  }

  private void look() {
    long nowNanos = worker.nanoTime();
    long leftNanos = dueNanos - nowNanos;
    if (leftNanos > 0 && !isLull(nowNanos)) {
      lookAgain(Math.min(leftNanos, LULL_NANOS));
    } else {
      flushOverdue();
    }
  }

  private boolean isLull(long nowNanos) {
    long sent = sentCount.getAsLong();
    if (sent != seenSentCount) {
      seenSentCount = sent;
      seenNanos = nowNanos;
    }
    return nowNanos - seenNanos >= LULL_NANOS;
  }

  private void lookAgain(long leastDelayNanos) {
    pauseNanos = Math.min(2 * pauseNanos, MOST_PAUSE_NANOS);
    lookAfter(Math.max(leastDelayNanos, pauseNanos));
  }

  /** Where something is overdue the burst may go on. */
  private void flushOverdue() {
    strand.lock();
    try {
      looking = !flushes.isEmpty();
      if (looking) {
        lookAgain(0);
      }
      flushAll();
    } finally {
      strand.unlock();
    }
  }

  /** Whether nothing is; any thread may ask. */
  boolean isEmpty() {
    return flushes.isEmpty();
  }

  /** A flush may close its pipe, upon which others begin to hold. */
  void flushAll() {
    lastCount = flushes.size();
    for (Runnable flush = flushes.poll(); flush != null; flush = flushes.poll()) {
      members.remove(flush);
      flush.run();
    }
  }
}
