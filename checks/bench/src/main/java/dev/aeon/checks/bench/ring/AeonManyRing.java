package dev.aeon.checks.bench.ring;

import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.ring.MpmcConsumer;
import dev.aeon.slabs.ring.MpmcProducer;
import dev.aeon.slabs.ring.MpmcRing;
import dev.aeon.slabs.ring.RecordHandler;
import dev.aeon.slabs.ring.RingProducer;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;

/** One {@link MpmcRing}. */
final class AeonManyRing implements ManyRing {
  private final int byteSize;
  private final SlabDevice device = SlabDevice.open(DevicePreference.HOST);
  private final MpmcProducer[] producers;
  private final MpmcConsumer consumer;
  private final ManyCheck check;
  private final RecordHandler reader = this::read;

  AeonManyRing(int byteSize, int producers) {
    this.byteSize = byteSize;
    this.check = new ManyCheck(byteSize, producers);
    MpmcRing ring =
        MpmcRing.create(
            device.allocate(MpmcRing.slabByteSize(RECORDS, byteSize)), RECORDS, byteSize);
    this.producers =
        IntStream.range(0, producers).mapToObj(_ -> ring.producer()).toArray(MpmcProducer[]::new);
    this.consumer = ring.consumer();
    consumer.gatherFor(Ring.GATHERING_SPINS);
  }

  @Override
  public boolean offer(int producer, long sequence) {
    MpmcProducer end = producers[producer];
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
