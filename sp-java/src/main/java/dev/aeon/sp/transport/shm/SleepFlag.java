package dev.aeon.sp.transport.shm;

import java.lang.foreign.MemorySegment;

/** Whether this side of a ring sleeps, as it says in the region. Confined to its strand. */
final class SleepFlag {
  private final MemorySegment region;
  private final long byteOffset;
  private boolean said;

  SleepFlag(MemorySegment region, long byteOffset) {
    this.region = region;
    this.byteOffset = byteOffset;
  }

  /**
   * Says so, or no longer.
   *
   * @return whether it was said, and the other side has taken that up: a wake-up is on its way
   */
  boolean say(boolean sleeps) {
    boolean taken = said && !RingLayout.isSet(region, byteOffset);
    said = sleeps;
    RingLayout.setFlag(region, byteOffset, sleeps);
    return taken;
  }
}
