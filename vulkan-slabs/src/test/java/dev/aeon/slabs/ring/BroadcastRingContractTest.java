package dev.aeon.slabs.ring;

import dev.aeon.slabs.memory.Slab;

class BroadcastRingContractTest extends RingContract {
  @Override
  RingPair create(Slab slab) {
    BroadcastRing ring =
        BroadcastRing.create(slab.segment().asSlice(0, BroadcastRing.slabByteSize(256, 2)), 2);
    return new RingPair(ring.producer(), ring.subscribe());
  }
}
