package dev.aeon.sp.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Packets at rest, by capacity: powers of two from 256 bytes to 1 MiB, the room for headers with
 * which such a body arrives, and a headroom. Larger ones are not kept. Each platform thread keeps a
 * few of up to 64 KiB to itself and exchanges them with the shared ones by halves, so that most
 * takes and gives touch no lock. Thread-safe; at most {@value #CLASS_BYTE_LIMIT} bytes rest shared
 * in each class, and of each class that is kept by threads {@value #LOCAL_COUNT} packets or {@value
 * #LOCAL_BYTE_LIMIT} bytes in a thread.
 */
final class PacketPool {
  private static final int MIN_SHIFT = 8;
  private static final int MAX_SHIFT = 20;

  /** Sixteen words: those of a message that comes in stand where the bodies of others begin. */
  private static final int HEADER_ROOM = 64;

  /** The largest header and body together that a packet at rest has room for. */
  static final long MAX_BYTE_SIZE = (1L << MAX_SHIFT) + HEADER_ROOM;

  private static final int CLASS_BYTE_LIMIT = 4 << 20;
  private static final int CLASS_COUNT_LIMIT = 16 << 10;
  private static final int LOCAL_CLASS_COUNT = 9;
  private static final int LOCAL_BYTE_LIMIT = 128 << 10;
  private static final int LOCAL_COUNT = 32;

  private static final SizeClass[] CLASSES = newClasses();
  private static final PerThread<Stack[]> LOCAL = new PerThread<>(PacketPool::newStacks);

  private PacketPool() {}

  private static SizeClass[] newClasses() {
    SizeClass[] classes = new SizeClass[MAX_SHIFT - MIN_SHIFT + 1];
    Arrays.setAll(classes, index -> new SizeClass(1L << (MIN_SHIFT + index)));
    return classes;
  }

  private static Stack[] newStacks() {
    Stack[] stacks = new Stack[LOCAL_CLASS_COUNT];
    Arrays.setAll(
        stacks, index -> new Stack(Math.min(LOCAL_COUNT, LOCAL_BYTE_LIMIT >> (MIN_SHIFT + index))));
    return stacks;
  }

  /** A packet of at least {@code capacity} bytes. */
  static Packet take(long capacity) {
    int index = indexOf(capacity);
    Stack own = localStack(index);
    if (own != null) {
      Packet resting = own.pop();
      return resting != null ? resting : takeFirst(own, index);
    }
    return index < CLASSES.length ? orNew(CLASSES[index].poll(), index) : new Packet(capacity);
  }

  /** What the calling thread keeps to itself of the class, or null if that is nothing. */
  private static @Nullable Stack localStack(int index) {
    Stack[] own = index < LOCAL_CLASS_COUNT ? LOCAL.getUnlessVirtual() : null;
    return own == null ? null : own[index];
  }

  private static Packet takeFirst(Stack own, int index) {
    CLASSES[index].moveTo(own, own.packets.length / 2);
    return orNew(own.pop(), index);
  }

  private static Packet orNew(@Nullable Packet resting, int index) {
    return resting != null ? resting : new Packet(CLASSES[index].capacity, index);
  }

  static void give(Packet packet) {
    int index = packet.sizeClass();
    if (index == Packet.NO_SIZE_CLASS) {
      return;
    }
    Stack own = localStack(index);
    if (own != null) {
      if (own.count == own.packets.length) {
        CLASSES[index].moveFrom(own, own.packets.length / 2);
      }
      own.push(packet);
    } else {
      CLASSES[index].offer(packet);
    }
  }

  private static int indexOf(long capacity) {
    long payload = Math.max(capacity - Packet.HEADROOM - HEADER_ROOM, 1);
    return Math.max(Long.SIZE - Long.numberOfLeadingZeros(payload - 1) - MIN_SHIFT, 0);
  }

  /**
   * Last in, first out: what was used last is still in the cache. A packet that was taken stays
   * where it lay until another is put there: mostly it is the one that comes back, and to store it
   * again would cost the collector's barriers.
   */
  private static final class Stack {
    private final @Nullable Packet[] packets;
    private int count;

    Stack(int capacity) {
      packets = new Packet[capacity];
    }

    @SuppressWarnings("ReferenceEquality") // a packet is itself
    void push(Packet packet) {
      if (packets[count] != packet) {
        packets[count] = packet;
      }
      count++;
    }

    @Nullable Packet pop() {
      if (count == 0) {
        return null;
      }
      count--;
      return packets[count];
    }

    /** As {@link #pop}, of what is not to be kept from the collector. */
    @Nullable Packet remove() {
      Packet packet = pop();
      if (packet != null) {
        packets[count] = null;
      }
      return packet;
    }
  }

  /** What rests in no thread. Thread-safe; packets beyond the limit are left to the collector. */
  private static final class SizeClass {
    private final long capacity;
    private final Stack resting;

    SizeClass(long payload) {
      capacity = Packet.HEADROOM + payload + HEADER_ROOM;
      resting = new Stack(Math.clamp(CLASS_BYTE_LIMIT / payload, 1, CLASS_COUNT_LIMIT));
    }

    synchronized @Nullable Packet poll() {
      return resting.remove();
    }

    synchronized void offer(Packet packet) {
      put(packet);
    }

    private void put(Packet packet) {
      if (resting.count < resting.packets.length) {
        resting.push(packet);
      }
    }

    synchronized void moveTo(Stack own, int count) {
      Packet packet = resting.remove();
      for (int left = count; packet != null; packet = left > 0 ? resting.remove() : null) {
        own.push(packet);
        left--;
      }
    }

    synchronized void moveFrom(Stack own, int count) {
      for (int left = count; left > 0; left--) {
        Packet packet = own.remove();
        if (packet != null) {
          put(packet);
        }
      }
    }
  }
}
