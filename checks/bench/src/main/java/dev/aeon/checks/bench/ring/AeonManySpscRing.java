package dev.aeon.checks.bench.ring;

import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.ring.RecordHandler;
import dev.aeon.slabs.ring.RingProducer;
import dev.aeon.slabs.ring.SpscProducer;
import dev.aeon.slabs.ring.SpscRing;
import java.lang.foreign.MemorySegment;

/**
 * An {@link SpscRing} for each producer, which the consumer drains one after the other: where there
 * are several, records gather in one while the others have their turn.
 */
final class AeonManySpscRing implements ManyRing {
  private static final int BATCH = 64;

  private final int byteSize;
  private final SlabDevice device = SlabDevice.open(DevicePreference.HOST);
  private final SpscRing[] rings;
  private final ManyCheck check;
  private final RecordHandler reader = this::read;

  AeonManySpscRing(int byteSize, int producers) {
    this.byteSize = byteSize;
    this.check = new ManyCheck(byteSize, producers);
    this.rings = new SpscRing[producers];
    for (int producer = 0; producer < producers; producer++) {
      rings[producer] =
          SpscRing.create(device.allocate(SpscRing.slabByteSize(Ring.BYTE_CAPACITY / producers)));
    }
    if (producers == 1) {
      rings[0].consumer().gatherFor(Ring.GATHERING_SPINS);
    }
  }

  @Override
  public boolean offer(int producer, long sequence) {
    SpscProducer end = rings[producer].producer();
    long byteOffset = end.claim(byteSize);
    if (byteOffset == RingProducer.FULL) {
      return false;
    }
    SegmentPayload.write(end.segment(), byteOffset, byteSize, ManyCheck.first(producer, sequence));
    end.commit();
    return true;
  }

  @Override
  public int drain(int limit) {
    int drained = 0;
    for (SpscRing ring : rings) {
      drained += ring.consumer().drain(reader, Math.min(BATCH, limit - drained));
    }
    return drained;
  }

  private void read(MemorySegment memory, long byteOffset, int size) {
    long sum = SegmentPayload.sum(memory, byteOffset, size);
    check.take(SegmentPayload.first(memory, byteOffset), sum);
  }

  @Override
  public void close() {
    device.close();
  }
}
