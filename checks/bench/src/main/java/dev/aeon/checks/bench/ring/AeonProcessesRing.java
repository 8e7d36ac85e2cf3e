package dev.aeon.checks.bench.ring;

import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.ring.RecordHandler;
import dev.aeon.slabs.ring.SpscConsumer;
import dev.aeon.slabs.ring.SpscRing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/** {@link SpscRing} over a slab that a second process writes into. */
final class AeonProcessesRing implements Ring {
  private final SlabDevice device = SlabDevice.open(DevicePreference.HOST);
  private final SpscConsumer consumer;
  private final Process writer;
  private final SequenceCheck check;
  private final RecordHandler reader = this::read;

  AeonProcessesRing(int byteSize, int batch) {
    this.check = new SequenceCheck(byteSize);
    Slab slab = device.allocateShared("aeon-ring-bench", SpscRing.slabByteSize(BYTE_CAPACITY));
    this.consumer = SpscRing.create(slab).consumer();
    consumer.gatherFor(GATHERING_SPINS);
    this.writer = start(slab, byteSize, batch);
  }

  private static Process start(Slab slab, int byteSize, int batch) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--add-modules",
            "jdk.incubator.vector",
            "-cp",
            System.getProperty("java.class.path"),
            RingWriter.class.getName(),
            slab.ticket().toString(),
            Integer.toString(byteSize),
            Integer.toString(batch));
    try {
      return new ProcessBuilder(command).inheritIO().start();
    } catch (IOException e) {
      throw new UncheckedIOException("no second process", e);
    }
  }

  @Override
  public int offer(long sequence, int count) {
    throw new UnsupportedOperationException("the other process writes");
  }

  @Override
  public boolean isWrittenElsewhere() {
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
    writer.destroyForcibly().onExit().join();
    device.close();
  }
}
