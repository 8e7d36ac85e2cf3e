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
  private final MemorySegment segment;
  private final long capacity;
  private final SpscProducer producer;
  private final SpscConsumer consumer;

  private SpscRing(MemorySegment segment, long capacity, long tail, long head) {
    this.segment = segment;
    this.capacity = capacity;
    this.producer = new SpscProducer(segment, capacity, tail, head);
    this.consumer = new SpscConsumer(segment, capacity, tail, head);
  }

  /**
   * The bytes a slab needs for a ring.
   *
   * @param capacity bytes of records, a power of two from 64 to 2^40
   * @throws IllegalArgumentException for another capacity
   */
  public static long slabByteSize(long capacity) {
    RingHeader.requireCapacity(capacity);
    return RingHeader.ringByteSize(capacity, 0);
  }

  /**
   * Makes an empty ring of the largest capacity that the slab holds, over whatever was there.
   *
   * @throws IllegalArgumentException where the slab holds less than the smallest ring
   */
  public static SpscRing create(Slab slab) {
    return create(slab.segment());
  }

  /**
   * Makes a ring in part of a slab, or in any other memory.
   *
   * @param segment aligned to 8 bytes
   * @throws IllegalArgumentException where it holds less than the smallest ring
   */
  public static SpscRing create(MemorySegment segment) {
    long capacity = RingHeader.largestCapacity(segment, 0);
    RingHeader.requireCapacity(capacity);
    RingHeader.write(segment, RingLayout.KIND_SPSC, capacity, 0, 0).publish();
    return new SpscRing(segment, capacity, 0, 0);
  }

  /**
   * Takes up the ring that lies in a slab, where its positions stand.
   *
   * @throws RingCorruptedException where the slab holds no such ring, or an impossible one
   */
  public static SpscRing attach(Slab slab) {
    return attach(slab.segment());
  }

  /** Takes up the ring that lies in part of a slab, or in any other memory. */
  public static SpscRing attach(MemorySegment segment) {
    RingHeader header =
        RingHeader.read(segment, RingLayout.KIND_SPSC).requirePowerOfTwo().requirePositions();
    return new SpscRing(segment, header.capacity(), header.tail(), header.head());
  }

  static SpscRing at(MemorySegment segment, long capacity, long tail, long head) {
    return new SpscRing(segment, capacity, tail, head);
  }

  /** Bytes of records, headers included, that the ring holds. */
  public long capacity() {
    return capacity;
  }

  /**
   * Bytes written and not yet released, as they stand in memory now; for any thread, to watch by.
   */
  public long fillByteSize() {
    return RingHeader.fill(segment, capacity);
  }

  /** Bytes ever written, headers and padding included, as memory says now; for any thread. */
  public long writtenByteCount() {
    return RingHeader.tail(segment);
  }

  /** The writing end, always the same. */
  public SpscProducer producer() {
    return producer;
  }

  /** The reading end, always the same. */
  public SpscConsumer consumer() {
    return consumer;
  }
}
