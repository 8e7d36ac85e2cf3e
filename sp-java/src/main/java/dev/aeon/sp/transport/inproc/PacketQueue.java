package dev.aeon.sp.transport.inproc;

import dev.aeon.sp.wire.Packet;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Packets on their way from one end of a pair to the other. One side offers, the other polls; what
 * each does is serialised by its own strand, and neither waits for the other's. The two share no
 * position: each runs round the slots on its own, and a slot says itself whether it is taken.
 *
 * <p>Small packets are copied, so that only their bytes pass from one processor to the other, in
 * neighbouring cache lines, and each side uses its own packets again. Larger ones change their
 * owner.
 *
 * <pre>
 *   0        8                              128
 *   +--------+------------------------------+
 *   | state  | header and body, if small    |   state: 0 free, -1 a large packet, else 1 + size
 *   +--------+------------------------------+
 * </pre>
 */
final class PacketQueue {
  private static final int SLOT_COUNT = 64;
  private static final int MASK = SLOT_COUNT - 1;
  private static final long SLOT_BYTE_SIZE = 128;
  private static final long BYTES_AT = Long.BYTES;
  private static final long MAX_SMALL_BYTE_SIZE = SLOT_BYTE_SIZE - BYTES_AT;
  private static final long FREE = 0;
  private static final long LARGE = -1;
  private static final VarHandle STATE = ValueLayout.JAVA_LONG.varHandle();

  private final MemorySegment slots =
      Arena.ofAuto().allocate(SLOT_COUNT * SLOT_BYTE_SIZE, SLOT_BYTE_SIZE);

  /** Of the slots that say so; published and freed by their states. */
  private final @Nullable Packet[] large = new Packet[SLOT_COUNT];

  private final Side offering = new Side();
  private final Side polling = new Side();

  /** The next slot of one side, away from the other side's cache line. */
  private static final class Side {
    @SuppressWarnings("unused") // keeps neighbours away
    private long before0, before1, before2, before3, before4, before5, before6, before7;

    private int next;

    @SuppressWarnings("unused") // keeps neighbours away
    private long after0, after1, after2, after3, after4, after5, after6, after7;

    /** Where the slot begins that is {@code distance} behind the next. */
    long slotAt(int distance) {
      return ((next + distance) & MASK) * SLOT_BYTE_SIZE;
    }
  }

  /** Takes the packet over. By the offering side, which has asked {@link #hasRoom}. */
  void offer(Packet packet) {
    long slot = offering.slotAt(0);
    long byteSize = packet.byteSize();
    if (byteSize <= MAX_SMALL_BYTE_SIZE) {
      MemorySegment.copy(packet.memory(), packet.start(), slots, slot + BYTES_AT, byteSize);
      packet.release();
      STATE.setVolatile(slots, slot, 1 + byteSize);
    } else {
      large[offering.next & MASK] = packet;
      STATE.setVolatile(slots, slot, LARGE);
    }
    offering.next++;
  }

  /** By the offering side. */
  boolean hasRoom() {
    return isFree(offering.slotAt(0));
  }

  /** Whether at least half the slots are free; by the offering side. */
  boolean hasHalfRoom() {
    return isFree(offering.slotAt(SLOT_COUNT / 2 - 1));
  }

  /**
   * The next packet, or null; by the polling side, whose alone it is and as it were off a wire: its
   * header is part of the body.
   */
  @Nullable Packet poll() {
    long slot = polling.slotAt(0);
    long state = (long) STATE.getVolatile(slots, slot);
    if (state == FREE) {
      return null;
    }
    Packet packet = state == LARGE ? takeLarge() : copyOf(slot, state - 1);
    STATE.setVolatile(slots, slot, FREE);
    polling.next++;
    return packet;
  }

  private Packet copyOf(long slot, long byteSize) {
    Packet packet = Packet.allocate(byteSize);
    MemorySegment.copy(slots, slot + BYTES_AT, packet.memory(), packet.start(), byteSize);
    return packet;
  }

  private Packet takeLarge() {
    int index = polling.next & MASK;
    Packet packet = large[index];
    large[index] = null;
    if (packet == null) {
      throw new IllegalStateException("slot holds no packet: index=" + index);
    }
    if (!packet.isShared()) {
      packet.becomeReceived();
      return packet;
    }
    Packet copy = packet.copyAsReceived();
    packet.release();
    return copy;
  }

  /** Whether a packet is there; by the polling side. */
  boolean isEmpty() {
    return isFree(polling.slotAt(0));
  }

  /** Whether at least half the slots are free; by the polling side. */
  boolean isHalfFree() {
    return isFree(polling.slotAt(SLOT_COUNT / 2));
  }

  private boolean isFree(long slot) {
    return (long) STATE.getVolatile(slots, slot) == FREE;
  }
}
