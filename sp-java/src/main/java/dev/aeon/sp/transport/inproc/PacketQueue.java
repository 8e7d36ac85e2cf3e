package dev.aeon.sp.transport.inproc;

import dev.aeon.sp.wire.Packet;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Packets on their way from one end of a pair to the other. One side has the offering end, the
 * other the polling end; what each does is serialised by its own strand, and neither waits for the
 * other's. They share no position: each runs round the slots on its own, and a slot says itself
 * whether it is taken. All that both touch lies in memory of the queue's own, so that what one side
 * writes for itself is never in a cache line that the other reads.
 *
 * <p>Small packets are copied: only their bytes pass from one processor to the other, in
 * neighbouring cache lines, and each side uses its own packets again. Larger ones change their
 * owner, and so does a batch of small ones that came together.
 *
 * <pre>
 *          0        8                              128
 *   slot   +--------+------------------------------+  64 of them
 *          | state  | header and body, if small    |  state: 0 free, -1 a large packet, -2 a batch, else 1 + size
 *          +--------+------------------------------+
 *   flags  | polling end waits                     |  a line each
 *          | offering end waits                    |
 *          | offering end is gone                  |
 * </pre>
 */
final class PacketQueue {
  private static final int SLOT_COUNT = 64;
  private static final int MASK = SLOT_COUNT - 1;
  private static final int SLOTS_PER_CHECK = SLOT_COUNT / 4;

  /** Those that wait do not fit a cache together with more. */
  private static final int MOST_BATCHES = 8;

  private static final long LINE_BYTE_SIZE = 128;
  private static final long BYTES_AT = Long.BYTES;
  private static final long MAX_SMALL_BYTE_SIZE = LINE_BYTE_SIZE - BYTES_AT;
  private static final long POLLING_WAITS_AT = SLOT_COUNT * LINE_BYTE_SIZE;
  private static final long OFFERING_WAITS_AT = POLLING_WAITS_AT + LINE_BYTE_SIZE;
  private static final long OFFERING_GONE_AT = OFFERING_WAITS_AT + LINE_BYTE_SIZE;
  private static final long QUEUE_BYTE_SIZE = OFFERING_GONE_AT + LINE_BYTE_SIZE;
  private static final long FREE = 0;
  private static final long LARGE = -1;
  private static final long BATCH = -2;
  private static final long UNSET = 0;
  private static final long SET = 1;
  private static final VarHandle WORD = ValueLayout.JAVA_LONG.varHandle();

  private final Offering offering;
  private final Polling polling;

  PacketQueue() {
    MemorySegment memory = Arena.ofAuto().allocate(QUEUE_BYTE_SIZE, LINE_BYTE_SIZE);
    @Nullable Packet[] large = new Packet[SLOT_COUNT];
    offering = new Offering(memory, large);
    polling = new Polling(memory, large);
  }

  Offering offering() {
    return offering;
  }

  Polling polling() {
    return polling;
  }

  /** What both ends are made of. */
  abstract static class End {
    final MemorySegment memory;

    /** Of the slots that say so; published and freed by their states. */
    final @Nullable Packet[] large;

    int next;

    private End(MemorySegment memory, @Nullable Packet[] large) {
      this.memory = memory.asSlice(0);
      this.large = large;
    }

    /**
     * Whether it is time to look at what the other side waits for. To order that after what was
     * written costs as much as a small message, so it is done for some at once.
     */
    final boolean isAtCheckpoint() {
      return next % SLOTS_PER_CHECK == 0;
    }

    /** Where the slot begins that is {@code distance} behind the next. */
    final long slotAt(int distance) {
      return ((next + distance) & MASK) * LINE_BYTE_SIZE;
    }

    final boolean isFree(long slot) {
      return (long) WORD.getVolatile(memory, slot) == FREE;
    }

    final boolean isSet(long flag) {
      return (long) WORD.getVolatile(memory, flag) == SET;
    }

    final void set(long flag, boolean value) {
      WORD.setVolatile(memory, flag, value ? SET : UNSET);
    }

    /** Whether the flag was set, as of what was written before; it is not any more. */
    final boolean take(long flag) {
      VarHandle.fullFence();
      boolean isSet = isSet(flag);
      if (isSet) {
        set(flag, false);
      }
      return isSet;
    }
  }

  /** Where packets go in. */
  static final class Offering extends End {
    /** Slots before this one are free: who takes packets frees slots in order. */
    private int knownFree;

    private Offering(MemorySegment memory, @Nullable Packet[] large) {
      super(memory, large);
    }

    /** Takes the packet over; there is room. */
    void offer(Packet packet) {
      long slot = slotAt(0);
      long byteSize = packet.byteSize();
      if (byteSize <= MAX_SMALL_BYTE_SIZE) {
        MemorySegment.copy(packet.memory(), packet.start(), memory, slot + BYTES_AT, byteSize);
        packet.release();
        WORD.setRelease(memory, slot, 1 + byteSize);
        next++;
      } else {
        offer(packet, LARGE);
      }
    }

    /** Takes a batch over; there is room. */
    void offerBatch(Packet batch) {
      offer(batch, BATCH);
    }

    private void offer(Packet packet, long state) {
      large[next & MASK] = packet;
      WORD.setRelease(memory, slotAt(0), state);
      next++;
    }

    boolean hasRoom() {
      return next - knownFree < 0 || findsRoom();
    }

    private boolean findsRoom() {
      if (hasHalfRoom()) {
        knownFree = next + SLOT_COUNT / 2;
        return true;
      }
      return isFree(slotAt(0));
    }

    /** Whether so few slots are taken that a batch may follow. */
    boolean hasRoomForBatch() {
      return isFree(slotAt(SLOT_COUNT - MOST_BATCHES));
    }

    /** Whether one may follow, and some more. */
    boolean hasRoomForBatches() {
      return isFree(slotAt(SLOT_COUNT - MOST_BATCHES / 2));
    }

    /** Whether at least half the slots are free. */
    boolean hasHalfRoom() {
      return isFree(slotAt(SLOT_COUNT / 2 - 1));
    }

    /** Says whether this side is to be told of room; it looks once more afterwards. */
    void setWaits(boolean waits) {
      set(OFFERING_WAITS_AT, waits);
    }

    /** Whether the other side is to be told of a packet; it then counts as told. */
    boolean takePollingWaits() {
      return take(POLLING_WAITS_AT);
    }

    /** Nothing comes any more. By any thread. */
    void end() {
      set(OFFERING_GONE_AT, true);
    }
  }

  /** Where packets come out. */
  static final class Polling extends End {
    /** How many slots are fetched together. */
    private static final int MOST_LOOKED_AT = 8;

    private final Batch.Reader batch = new Batch.Reader();

    /** Slots before this one hold packets. */
    private int knownTaken;

    /** Since room was last told of. */
    private boolean slotWasFreed;

    private boolean batchWasTaken;

    private Polling(MemorySegment memory, @Nullable Packet[] large) {
      super(memory, large);
    }

    /**
     * The next packet, or null: this side's alone, and as it were off a wire, with its header as
     * part of the body.
     */
    @Nullable Packet poll() {
      if (!batch.isEmpty()) {
        return batch.poll();
      }
      if (next - knownTaken >= 0 && !findsPackets()) {
        return null;
      }
      long slot = slotAt(0);
      Packet packet = take(slot, (long) WORD.getAcquire(memory, slot));
      WORD.setRelease(memory, slot, FREE);
      next++;
      slotWasFreed = true;
      return packet;
    }

    private @Nullable Packet take(long slot, long state) {
      if (state == BATCH) {
        batchWasTaken = true;
        batch.begin(takeOwner());
        return batch.poll();
      }
      return state == LARGE ? takeLarge() : copyOf(slot, state - 1);
    }

    private boolean findsPackets() {
      int count = 0;
      while (count < MOST_LOOKED_AT && !isFree(slotAt(count))) {
        count++;
      }
      knownTaken = next + count;
      return count > 0;
    }

    private Packet copyOf(long slot, long byteSize) {
      Packet packet = Packet.allocate(byteSize);
      MemorySegment.copy(memory, slot + BYTES_AT, packet.memory(), packet.start(), byteSize);
      return packet;
    }

    private Packet takeOwner() {
      int index = next & MASK;
      Packet packet = large[index];
      large[index] = null;
      if (packet == null) {
        throw new IllegalStateException("slot holds no packet: index=" + index);
      }
      return packet;
    }

    private Packet takeLarge() {
      Packet packet = takeOwner();
      if (!packet.isShared()) {
        packet.becomeReceived();
        return packet;
      }
      Packet copy = packet.copyAsReceived();
      packet.release();
      return copy;
    }

    boolean isEmpty() {
      return batch.isEmpty() && isFree(slotAt(0));
    }

    /** Says whether this side is to be told of a packet; it looks once more afterwards. */
    void setWaits(boolean waits) {
      set(POLLING_WAITS_AT, waits);
    }

    /**
     * Whether the other side is to be told of room, and there is enough of it; counts as told. Room
     * that is not told of at one checkpoint is told of at the next, or once the queue is empty.
     */
    boolean takeOfferingWaits() {
      return isRoomNews() && take(OFFERING_WAITS_AT);
    }

    private boolean isRoomNews() {
      boolean isCheckpoint = slotWasFreed && (batchWasTaken || isAtCheckpoint());
      if (!isCheckpoint) {
        return false;
      }
      int distance = batchWasTaken ? MOST_BATCHES / 2 : SLOT_COUNT / 2;
      slotWasFreed = false;
      batchWasTaken = false;
      return isFree(slotAt(distance));
    }

    /** The same of a queue that was found empty. */
    boolean takeOfferingWaitsAtEnd() {
      boolean isNews = slotWasFreed;
      slotWasFreed = false;
      return isNews && take(OFFERING_WAITS_AT);
    }

    /** Whether nothing comes but what is here. */
    boolean isEnding() {
      return isSet(OFFERING_GONE_AT);
    }
  }
}
