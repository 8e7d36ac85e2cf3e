package dev.aeon.sp.transport.shm;

import dev.aeon.sp.wire.MalformedException;
import java.lang.foreign.MemorySegment;

/**
 * The writer of a ring as its reader sees it: asleep over a full ring or not. Confined to the
 * reader's strand.
 *
 * <p>The look at the writer's flag has to come after the head as it is now could be seen, and a
 * fence costs as much as a small message. But the writer sleeps only where it found more than half
 * the ring taken, and the head that it saw was no older than that of the last fence: while no more
 * than half a ring lies between that and the tail, it does not sleep.
 */
final class SleepingWriter {
  private final MemorySegment region;
  private final long capacity;

  /** Where head was when a fence last followed it. */
  private long fencedHead;

  SleepingWriter(MemorySegment region, long capacity) {
    this.region = region;
    this.capacity = capacity;
  }

  /**
   * Whether it sleeps and there is room enough to wake it; it then counts as woken.
   *
   * @param head as it was last written to the region
   * @throws MalformedException if the writer wrote an impossible position
   */
  boolean take(long head, long tail) throws MalformedException {
    boolean isRoomKnown = tail - fencedHead <= capacity / 2;
    if (isRoomKnown || RingLayout.usedBetween(head, tail, capacity) > capacity / 2) {
      return false;
    }
    fencedHead = head;
    return RingLayout.takeFlag(region, RingLayout.WRITER_SLEEPS_AT);
  }
}
