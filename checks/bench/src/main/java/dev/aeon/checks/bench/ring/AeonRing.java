package dev.aeon.checks.bench.ring;

import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.ring.RecordHandler;
import dev.aeon.slabs.ring.RingConsumer;
import dev.aeon.slabs.ring.RingProducer;
import dev.aeon.slabs.ring.SpscRing;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** {@link SpscRing} over a slab. */
final class AeonRing implements Ring {
  private final SlabDevice device;
  private final Slab slab;
  private final RingProducer producer;
  private final RingConsumer consumer;
  private final RecordHandler adder = this::add;
  private long sum;

  private AeonRing(DevicePreference preference) {
    device = SlabDevice.open(preference);
    slab = device.allocate(SpscRing.slabByteSize(BYTE_CAPACITY));
    SpscRing ring = SpscRing.create(slab);
    producer = ring.producer();
    consumer = ring.consumer();
  }

  static Ring onHost() {
    return new AeonRing(DevicePreference.HOST);
  }

  static Ring onVulkan() {
    return new AeonRing(DevicePreference.VULKAN);
  }

  @Override
  public boolean offer(long value, int byteSize) {
    long byteOffset = producer.claim(byteSize);
    if (byteOffset == RingProducer.FULL) {
      return false;
    }
    producer.segment().set(ValueLayout.JAVA_LONG, byteOffset, value);
    producer.commit();
    return true;
  }

  @Override
  public int drain(int limit) {
    return consumer.drain(adder, limit);
  }

  private void add(MemorySegment memory, long byteOffset, int byteSize) {
    sum += memory.get(ValueLayout.JAVA_LONG, byteOffset);
  }

  @Override
  public long sum() {
    return sum;
  }

  @Override
  public void close() {
    slab.close();
    device.close();
  }
}
