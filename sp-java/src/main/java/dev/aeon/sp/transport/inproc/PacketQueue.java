package dev.aeon.sp.transport.inproc;

import dev.aeon.sp.wire.Packet;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Packets on their way from one end of a pair to the other. One side offers, the other polls; what
 * each does is serialised by its own strand, and neither waits for the other's. A slot is empty
 * while it holds null, so the two share no position; each runs round the slots on its own.
 */
final class PacketQueue {
  private static final int SLOT_COUNT = 64;
  private static final int MASK = SLOT_COUNT - 1;
  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Packet[].class);

  private final @Nullable Packet[] slots = new Packet[SLOT_COUNT];
  private final Side offering = new Side();
  private final Side polling = new Side();

  /** The next slot of one side, away from the other side's cache line. */
  private static final class Side {
    @SuppressWarnings("unused") // keeps neighbours away
    private long before0, before1, before2, before3, before4, before5, before6, before7;

    private int next;

    @SuppressWarnings("unused") // keeps neighbours away
    private long after0, after1, after2, after3, after4, after5, after6, after7;
  }

  /** By the offering side, which has asked {@link #hasRoom}. */
  void offer(Packet packet) {
    SLOT.setVolatile(slots, offering.next & MASK, packet);
    offering.next++;
  }

  /** By the offering side. */
  boolean hasRoom() {
    return SLOT.getVolatile(slots, offering.next & MASK) == null;
  }

  /** Whether at least half the slots are free; by the offering side. */
  boolean hasHalfRoom() {
    return SLOT.getVolatile(slots, (offering.next + SLOT_COUNT / 2 - 1) & MASK) == null;
  }

  /** The next packet, or null; by the polling side. */
  @Nullable Packet poll() {
    int index = polling.next & MASK;
    Packet packet = (Packet) SLOT.getVolatile(slots, index);
    if (packet != null) {
      SLOT.setVolatile(slots, index, null);
      polling.next++;
    }
    return packet;
  }

  /** Whether a packet is there; by the polling side. */
  boolean isEmpty() {
    return SLOT.getVolatile(slots, polling.next & MASK) == null;
  }

  /** Whether at least half the slots are free; by the polling side. */
  boolean isHalfFree() {
    return SLOT.getVolatile(slots, (polling.next + SLOT_COUNT / 2) & MASK) == null;
  }
}
