package dev.aeon.sp.core;

import dev.aeon.bindings.posix.Poller;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Watches by token. A token is a slot and a generation that no other watch ever has, so that an
 * event which was read before its watch closed finds nothing. Thread-safe.
 */
final class WatchTable {
  static final long WAKE_UP_TOKEN = 0;

  private static final int GENERATION_SHIFT = 32;
  private static final int FIRST_CAPACITY = 4;

  /** Events in a row, each with none at another watch, that make a favourite. */
  private static final int LEAST_STREAK = 8;

  private @Nullable Watch[] slots = new Watch[FIRST_CAPACITY];
  private int[] freeSlots = new int[FIRST_CAPACITY];
  private int freeCount;
  private int usedCount;
  private int generation;
  private @Nullable Watch lastReady;
  private int streak;
  private volatile @Nullable Watch favourite;

  synchronized Watch add(
      Strand strand,
      int fd,
      int interest,
      Reactor.ReadyHandler handler,
      DependentCount dependents,
      Poller poller) {
    int slot = takeSlot();
    long token = (long) ++generation << GENERATION_SHIFT | slot;
    Watch watch = new Watch(this, strand, fd, interest, handler, dependents, poller, token);
    slots[slot] = watch;
    choose();
    return watch;
  }

  /** Looks through the slots only where one watch is left: many come and go. */
  private void choose() {
    Watch busy = streak == LEAST_STREAK ? lastReady : null;
    Watch chosen = usedCount - freeCount == 1 ? first() : busy;
    favourite = chosen != null && chosen.looksItself() ? chosen : null;
  }

  private @Nullable Watch first() {
    for (Watch each : slots) {
      if (each != null) {
        return each;
      }
    }
    return null;
  }

  /**
   * The watch to look at in place of asking for events: the only one there is, or the one that
   * alone has had any lately. Null where there is none such, or it does not look itself.
   */
  @Nullable Watch favourite() {
    return favourite;
  }

  private int takeSlot() {
    if (freeCount > 0) {
      freeCount--;
      return freeSlots[freeCount];
    }
    if (usedCount == slots.length) {
      slots = Arrays.copyOf(slots, usedCount * 2);
      freeSlots = Arrays.copyOf(freeSlots, usedCount * 2);
    }
    return usedCount++;
  }

  /** The watch that an event is for; null where it has closed. */
  synchronized @Nullable Watch ready(long token) {
    Watch watch = slots[(int) token];
    if (watch == null || watch.token() != token) {
      return null;
    }
    note(watch);
    return watch;
  }

  @SuppressWarnings("ReferenceEquality") // a watch is itself
  private void note(Watch watch) {
    if (watch != lastReady) {
      lastReady = watch;
      streak = 0;
      choose();
    }
    if (streak < LEAST_STREAK && ++streak == LEAST_STREAK) {
      choose();
    }
  }

  synchronized void remove(Watch watch) {
    int slot = (int) watch.token();
    slots[slot] = null;
    freeSlots[freeCount++] = slot;
    if (watch.equals(lastReady)) {
      lastReady = null;
      streak = 0;
    }
    choose();
  }
}
