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

  private @Nullable Watch[] slots = new Watch[FIRST_CAPACITY];
  private int[] freeSlots = new int[FIRST_CAPACITY];
  private int freeCount;
  private int usedCount;
  private int generation;
  private volatile @Nullable Watch lone;

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
    findLone();
    return watch;
  }

  /** Looks through the slots only where one watch is left: many come and go. */
  private void findLone() {
    Watch only = usedCount - freeCount == 1 ? first() : null;
    lone = only != null && only.looksItself() ? only : null;
  }

  private @Nullable Watch first() {
    for (Watch each : slots) {
      if (each != null) {
        return each;
      }
    }
    return null;
  }

  /** The only watch there is, where it looks itself; else null. */
  @Nullable Watch lone() {
    return lone;
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

  synchronized @Nullable Watch find(long token) {
    Watch watch = slots[(int) token];
    return watch != null && watch.token() == token ? watch : null;
  }

  synchronized void remove(Watch watch) {
    int slot = (int) watch.token();
    slots[slot] = null;
    freeSlots[freeCount++] = slot;
    findLone();
  }
}
