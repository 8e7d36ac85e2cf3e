package dev.aeon.checks.bench.ring;

import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.ring.RecordHandler;
import dev.aeon.slabs.ring.SpscConsumer;
import dev.aeon.slabs.ring.SpscRing;
import java.lang.foreign.MemorySegment;

/** {@link SpscRing} over a slab. */
final class AeonRing implements Ring {
  private final SlabDevice device;
  private final Slab slab;
  private final AeonFeed feed;
  private final SpscConsumer consumer;
  private final SequenceCheck check;
  private final RecordHandler reader = this::read;

  private AeonRing(DevicePreference preference, int byteSize) {
    this.check = new SequenceCheck(byteSize);
    this.device = SlabDevice.open(preference);
    this.slab = device.allocate(SpscRing.slabByteSize(BYTE_CAPACITY));
    SpscRing ring = SpscRing.create(slab);
    this.feed = new AeonFeed(ring.producer(), byteSize);
    this.consumer = ring.consumer();
    consumer.gatherFor(GATHERING_SPINS);
  }

  static Ring onHost(int byteSize) {
    return new AeonRing(DevicePreference.HOST, byteSize);
  }

  static Ring onVulkan(int byteSize) {
    return new AeonRing(DevicePreference.VULKAN, byteSize);
  }

  @Override
  public int offer(long sequence, int count) {
    return feed.offer(sequence, count);
  }

  @Override
  public int drain(int limit) {
    return consumer.drain(reader, limit);
  }

  private void read(MemorySegment memory, long byteOffset, int size) {
    long sum = SegmentPayload.sum(memory, byteOffset, size);
    check.take(SegmentPayload.first(memory, byteOffset), sum);
  }

  @Override
  public void close() {
    slab.close();
    device.close();
  }
}
