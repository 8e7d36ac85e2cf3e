package dev.aeon.checks.bench.ring;

import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.memory.SlabTicket;
import dev.aeon.slabs.ring.RingProducer;
import dev.aeon.slabs.ring.SpscProducer;
import dev.aeon.slabs.ring.SpscRing;

/** The process that writes without rest until it is killed: ticket, byteSize, batch. */
final class RingWriter {
  private static final int PROCESSOR = 1;

  private final SpscProducer producer;
  private final int byteSize;
  private final int batch;
  private final Patience patience = new Patience(false);
  private long sequence;

  private RingWriter(SpscProducer producer, int byteSize, int batch) {
    this.producer = producer;
    this.byteSize = byteSize;
    this.batch = batch;
  }

  public static void main(String[] arguments) {
    Processors.pin(PROCESSOR);
    try (SlabDevice device = SlabDevice.open(DevicePreference.HOST)) {
      SpscRing ring = SpscRing.attach(device.openShared(SlabTicket.parse(arguments[0])));
      RingWriter writer =
          new RingWriter(
              ring.producer(), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
      ProcessHandle reader = ProcessHandle.current().parent().orElseThrow();
      while (reader.isAlive()) {
        writer.writeMany();
      }
    }
  }

  /** For some seconds at most, so that a writer whose reader has died ends. */
  private void writeMany() {
    for (int round = 0; round < 10_000; round++) {
      writeBatch();
    }
  }

  private void writeBatch() {
    int left = batch;
    while (left > 0 && stage()) {
      left--;
    }
    producer.publish();
    if (left == batch) {
      patience.foundNone();
    } else {
      patience.foundRoom();
    }
  }

  private boolean stage() {
    long byteOffset = producer.claim(byteSize);
    if (byteOffset == RingProducer.FULL) {
      return false;
    }
    SegmentPayload.write(producer.segment(), byteOffset, byteSize, sequence++);
    producer.stage();
    return true;
  }
}
