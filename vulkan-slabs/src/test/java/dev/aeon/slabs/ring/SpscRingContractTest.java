package dev.aeon.slabs.ring;

import dev.aeon.slabs.memory.Slab;

class SpscRingContractTest extends RingContract {
  @Override
  RingPair create(Slab slab) {
    SpscRing ring = SpscRing.create(slab.segment().asSlice(0, SpscRing.slabByteSize(256)));
    return new RingPair(ring.producer(), ring.consumer());
  }
}
