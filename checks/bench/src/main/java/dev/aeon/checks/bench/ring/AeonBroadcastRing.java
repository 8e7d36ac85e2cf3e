package dev.aeon.checks.bench.ring;

import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.ring.BroadcastConsumer;
import dev.aeon.slabs.ring.BroadcastRing;
import dev.aeon.slabs.ring.RecordHandler;
import java.lang.foreign.MemorySegment;

/** {@link BroadcastRing} with one subscriber: what it costs beside a ring for one reader. */
final class AeonBroadcastRing implements Ring {
  private final SlabDevice device = SlabDevice.open(DevicePreference.HOST);
  private final AeonFeed feed;
  private final BroadcastConsumer consumer;
  private final SequenceCheck check;
  private final RecordHandler reader = this::read;

  AeonBroadcastRing(int byteSize) {
    this.check = new SequenceCheck(byteSize);
    BroadcastRing ring =
        BroadcastRing.create(device.allocate(BroadcastRing.slabByteSize(BYTE_CAPACITY, 8)), 8);
    this.feed = new AeonFeed(ring.producer(), byteSize);
    this.consumer = ring.subscribe();
    consumer.gatherFor(GATHERING_SPINS);
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
    device.close();
  }
}
