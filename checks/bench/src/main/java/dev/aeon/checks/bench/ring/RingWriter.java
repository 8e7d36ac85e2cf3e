package dev.aeon.checks.bench.ring;

import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.memory.SlabTicket;
import dev.aeon.slabs.ring.SpscRing;

/** The process that writes without rest until its reader has gone: ticket, byteSize, batch. */
final class RingWriter {
  private RingWriter() {}

  public static void main(String[] arguments) throws InterruptedException {
    try (SlabDevice device = SlabDevice.open(DevicePreference.HOST)) {
      SpscRing ring = SpscRing.attach(device.openShared(SlabTicket.parse(arguments[0])));
      AeonFeed feed = new AeonFeed(ring.producer(), Integer.parseInt(arguments[1]));
      Thread producer =
          Thread.ofPlatform()
              .name("producer")
              .start(new SingleProducer(feed::offer, Integer.parseInt(arguments[2])));
      ProcessHandle.current().parent().orElseThrow().onExit().join();
      producer.interrupt();
      producer.join();
    }
  }
}
