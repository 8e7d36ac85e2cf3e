package dev.aeon.slabs.ring;

import dev.aeon.slabs.memory.Slab;
import java.lang.foreign.MemorySegment;

/**
 * A queue of variable-length records in a slab, from one producer to one consumer, without locks.
 * The two ends may be used by two threads, each end by one at a time; full and empty are return
 * values. The slab is the caller's and outlives the ring; after it was closed every use is an
 * {@link IllegalStateException}.
 *
 * <p>The algorithm is Lamport's single-producer queue ("Proving the Correctness of Multiprocess
 * Programs", 1977) with positions that only grow, published by release stores and read by acquire
 * loads. Each end keeps the other's position as it last saw it and reads it again only when that
 * says full or empty, so that the two cache lines seldom move (as in Lee, Bu and Chandranmenon, "A
 * Lock-Free, Cache-Efficient Shared Ring Buffer", 2009).
 */
public final class SpscRing {
  private final long capacity;
  private final RingProducer producer;
  private final RingConsumer consumer;

  private SpscRing(MemorySegment segment, long capacity, long tail, long head) {
    this.capacity = capacity;
    this.producer = new RingProducer(segment, capacity, tail, head);
    this.consumer = new RingConsumer(segment, capacity, tail, head);
  }

  /**
   * The bytes a slab needs for a ring.
   *
   * @param capacity bytes of records, a power of two from 64 to 2^40
   * @throws IllegalArgumentException for another capacity
   */
  public static long slabByteSize(long capacity) {
    requireCapacity(capacity);
    return RingLayout.DATA_OFFSET + capacity;
  }

  /**
   * Makes an empty ring of the largest capacity that the slab holds, over whatever was there.
   *
   * @throws IllegalArgumentException where the slab holds less than the smallest ring
   */
  public static SpscRing create(Slab slab) {
    long room = slab.byteSize() - RingLayout.DATA_OFFSET;
    long capacity = Math.min(Long.highestOneBit(Math.max(room, 0)), RingLayout.MAX_CAPACITY_BYTES);
    requireCapacity(capacity);
    MemorySegment segment = slab.segment();
    RingLayout.WORD.set(segment, RingLayout.VERSION_OFFSET, RingLayout.VERSION);
    RingLayout.WORD.set(segment, RingLayout.CAPACITY_OFFSET, capacity);
    RingLayout.WORD.set(segment, RingLayout.TAIL_OFFSET, 0L);
    RingLayout.WORD.set(segment, RingLayout.HEAD_OFFSET, 0L);
    RingLayout.WORD.setRelease(segment, RingLayout.MAGIC_OFFSET, RingLayout.MAGIC);
    return new SpscRing(segment, capacity, 0, 0);
  }

  /**
   * Takes up the ring that lies in a slab, where its positions stand.
   *
   * @throws RingCorruptedException where the slab holds no ring, or an impossible one
   */
  public static SpscRing attach(Slab slab) {
    return RingHeader.read(slab).toRing();
  }

  static SpscRing at(MemorySegment segment, long capacity, long tail, long head) {
    return new SpscRing(segment, capacity, tail, head);
  }

  /** Bytes of records, headers included, that the ring holds. */
  public long capacity() {
    return capacity;
  }

  /** The writing end, always the same. */
  public RingProducer producer() {
    return producer;
  }

  /** The reading end, always the same. */
  public RingConsumer consumer() {
    return consumer;
  }

  static boolean isCapacity(long capacity) {
    return capacity >= RingLayout.MIN_CAPACITY_BYTES
        && capacity <= RingLayout.MAX_CAPACITY_BYTES
        && Long.bitCount(capacity) == 1;
  }

  private static void requireCapacity(long capacity) {
    if (!isCapacity(capacity)) {
      throw new IllegalArgumentException(
          "capacity is not a power of two from 64 to 2^40: capacity=" + capacity);
    }
  }
}
