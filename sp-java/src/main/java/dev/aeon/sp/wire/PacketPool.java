package dev.aeon.sp.wire;

import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Packets at rest, by capacity: powers of two from 256 bytes to 1 MiB and a headroom. Larger ones
 * are not kept. Thread-safe; at most {@value #CLASS_BYTE_LIMIT} bytes rest in each class.
 */
final class PacketPool {
  private static final int MIN_SHIFT = 8;
  private static final int MAX_SHIFT = 20;
  private static final int CLASS_BYTE_LIMIT = 4 << 20;
  private static final int CLASS_COUNT_LIMIT = 1024;

  private static final PacketPool SHARED = new PacketPool();

  private final SizeClass[] classes = new SizeClass[MAX_SHIFT - MIN_SHIFT + 1];

  private PacketPool() {
    for (int index = 0; index < classes.length; index++) {
      classes[index] = new SizeClass(1L << (MIN_SHIFT + index));
    }
  }

  /** A packet of at least {@code capacity} bytes. */
  static Packet take(long capacity) {
    int index = indexOf(capacity);
    if (index >= SHARED.classes.length) {
      return new Packet(capacity);
    }
    SizeClass sizeClass = SHARED.classes[index];
    Packet pooled = sizeClass.poll();
    return pooled != null ? pooled : new Packet(sizeClass.capacity);
  }

  static void give(Packet packet) {
    long capacity = packet.memory().byteSize();
    int index = indexOf(capacity);
    if (index < SHARED.classes.length && SHARED.classes[index].capacity == capacity) {
      SHARED.classes[index].offer(packet);
    }
  }

  private static int indexOf(long capacity) {
    long payload = Math.max(capacity - Packet.HEADROOM, 1);
    return Math.max(Long.SIZE - Long.numberOfLeadingZeros(payload - 1) - MIN_SHIFT, 0);
  }

  private static final class SizeClass {
    private final long capacity;
    private final ArrayBlockingQueue<Packet> resting;

    SizeClass(long payload) {
      this.capacity = Packet.HEADROOM + payload;
      this.resting =
          new ArrayBlockingQueue<>(Math.clamp(CLASS_BYTE_LIMIT / payload, 1, CLASS_COUNT_LIMIT));
    }

    @Nullable Packet poll() {
      return resting.poll();
    }

    @SuppressWarnings("ReturnValueIgnored") // a full class leaves the packet to the collector
    void offer(Packet packet) {
      var _ = resting.offer(packet);
    }
  }
}
