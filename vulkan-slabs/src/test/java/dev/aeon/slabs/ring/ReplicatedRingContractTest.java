package dev.aeon.slabs.ring;

import dev.aeon.slabs.memory.Slab;
import java.lang.foreign.MemorySegment;
import java.util.List;

class ReplicatedRingContractTest extends RingContract {
  @Override
  RingPair create(Slab slab) {
    long byteSize = SpscRing.slabByteSize(256);
    List<MemorySegment> segments =
        List.of(
            slab.segment().asSlice(0, byteSize),
            slab.segment().asSlice(1 << 12, byteSize),
            slab.segment().asSlice(1 << 13, byteSize));
    ReplicatedRing.create(segments);
    return new RingPair(ReplicatedRing.producer(segments), ReplicatedRing.consumer(segments));
  }
}
