package dev.aeon.slabs.transport;

import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.ring.SpscRing;

/** One end of a ring, and the slab that it lies in. */
abstract class RingEnd {
  private final Slab slab;
  private final SpscRing ring;

  RingEnd(Slab slab, SpscRing ring) {
    this.slab = slab;
    this.ring = ring;
  }

  public final Slab slab() {
    return slab;
  }

  public final long capacity() {
    return ring.capacity();
  }

  public final long fillByteSize() {
    return ring.fillByteSize();
  }
}
