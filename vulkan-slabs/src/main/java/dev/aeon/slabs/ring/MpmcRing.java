package dev.aeon.slabs.ring;

import dev.aeon.slabs.memory.Slab;
import java.lang.foreign.MemorySegment;
import java.util.function.LongPredicate;

/**
 * A queue of records in a slab, from any number of producers to any number of consumers, in threads
 * or processes, without locks. Each record reaches one consumer. Records vary in length up to that
 * of a cell. The slab is the caller's and outlives the ring. Thread-safe; its ends are each for one
 * thread at a time.
 *
 * <p>The algorithm is Vyukov's bounded queue (1024cores.net, "Bounded MPMC queue", 2010): a stamp
 * in each cell says whose turn it is, and one release store shows a record. It differs in how a
 * cell is claimed: not by a compare-and-set of the tail, but of the stamp, which then names the
 * producer's slot. So the claim costs nothing but the cache line that is about to be written, and a
 * peer that dies with a cell in hand, which would block all others for ever, is known by it: {@link
 * #recover} takes it from the dead. Consumers take several cells by one compare-and-set of the
 * head, and say in their slots which, before they take them.
 */
public final class MpmcRing {
  private static final int DEFAULT_SLOTS = 64;

  private final MpmcLayout layout;

  private MpmcRing(MpmcLayout layout) {
    this.layout = layout;
  }

  /**
   * The bytes a slab needs for a ring of up to 64 open ends.
   *
   * @param cells how many records it holds, a power of two from 2
   * @param maxPayloadByteSize of a record
   * @throws IllegalArgumentException for another count, or more than 2^40 bytes
   */
  public static long slabByteSize(long cells, int maxPayloadByteSize) {
    long capacity = MpmcLayout.capacity(cells, maxPayloadByteSize);
    return RingHeader.ringByteSize(capacity, DEFAULT_SLOTS);
  }

  /** Makes an empty ring in a slab, over whatever was there; see {@link #slabByteSize}. */
  public static MpmcRing create(Slab slab, long cells, int maxPayloadByteSize) {
    return create(slab.segment(), cells, maxPayloadByteSize);
  }

  /**
   * Makes an empty ring in part of a slab, or in any other memory.
   *
   * @param segment aligned to 8 bytes; to 64 lest cells share cache lines
   * @throws IllegalArgumentException where it is smaller than {@link #slabByteSize}
   */
  public static MpmcRing create(MemorySegment segment, long cells, int maxPayloadByteSize) {
    long neededBytes = slabByteSize(cells, maxPayloadByteSize);
    if (segment.byteSize() < neededBytes) {
      throw new IllegalArgumentException(
          "ring does not fit: byteSize=%d neededBytes=%d"
              .formatted(segment.byteSize(), neededBytes));
    }
    return new MpmcRing(MpmcLayout.create(segment, cells, maxPayloadByteSize, DEFAULT_SLOTS));
  }

  /**
   * Takes up the ring that lies in a slab.
   *
   * @throws RingCorruptedException where the slab holds no such ring, or an impossible one
   */
  public static MpmcRing attach(Slab slab) {
    return attach(slab.segment());
  }

  /** Takes up the ring that lies in part of a slab, or in any other memory. */
  public static MpmcRing attach(MemorySegment segment) {
    return new MpmcRing(MpmcLayout.attach(segment));
  }

  /** How many records the ring holds. */
  public long cellCount() {
    return layout.cellCount();
  }

  /** Records claimed and not yet taken, as they stand in memory now; to watch by. */
  public long fillCount() {
    return layout.claimedFrom(RingHeader.head(layout.segment()));
  }

  /**
   * Opens a writing end, which the caller closes.
   *
   * @throws IllegalStateException where 64 ends are open
   */
  public MpmcProducer producer() {
    return new MpmcProducer(
        layout,
        RingSlot.take(layout.segment(), layout.slotsOffset(), layout.slotCount(), RingSlot.WRITES));
  }

  /**
   * Opens a reading end, which the caller closes.
   *
   * @throws IllegalStateException where 64 ends are open
   */
  public MpmcConsumer consumer() {
    return new MpmcConsumer(
        layout,
        RingSlot.take(layout.segment(), layout.slotsOffset(), layout.slotCount(), RingSlot.READS));
  }

  /**
   * Clears away what processes that died left half done: claims that were never committed become
   * records that nobody sees, and records that were peeked but not released go to {@code
   * abandoned}. Other ends may be in use meanwhile, and others may recover too. One that died here
   * is recovered by the next.
   *
   * @param isAlive whether the process of an end lives, by {@link RingOwner}; {@link
   *     RingOwner#isAlive} asks the operating system
   * @return how many claims and records were cleared away
   */
  public int recover(LongPredicate isAlive, RecordHandler abandoned) {
    return new MpmcRecovery(layout, isAlive, abandoned).run();
  }
}
