package dev.aeon.slabs.ring;

import dev.aeon.slabs.memory.Slab;

class MpmcRingContractTest extends RingContract {
  @Override
  RingPair create(Slab slab) {
    MpmcRing ring = MpmcRing.create(slab, 4, PAYLOAD_BYTES);
    return new RingPair(ring.producer(), ring.consumer());
  }
}
