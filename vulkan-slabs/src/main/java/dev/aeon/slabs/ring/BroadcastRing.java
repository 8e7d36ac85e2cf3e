package dev.aeon.slabs.ring;

import dev.aeon.slabs.memory.Slab;
import java.lang.foreign.MemorySegment;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A queue of variable-length records in a slab, from one producer to every subscriber, in threads
 * or processes, without locks and without a copy for each. A subscriber gets all records published
 * after it subscribed. The producer waits for the slowest: what to do about one that is too slow,
 * or dead, is the caller's policy, by {@link #evict} and {@link #evictSlowest}. Without subscribers
 * records are dropped. The slab is the caller's and outlives the ring.
 */
public final class BroadcastRing {
  private final MemorySegment segment;
  private final long capacity;
  private final int slotCount;
  private final BroadcastProducer producer;

  private BroadcastRing(MemorySegment segment, long capacity, int slotCount, long tail) {
    this.segment = segment;
    this.capacity = capacity;
    this.slotCount = slotCount;
    this.producer = new BroadcastProducer(this, segment, capacity, tail);
  }

  /**
   * The bytes a slab needs for a ring.
   *
   * @param capacity bytes of records, a power of two from 64 to 2^40
   * @param maxSubscribers at a time, from 1 to 1024
   * @throws IllegalArgumentException for others
   */
  public static long slabByteSize(long capacity, int maxSubscribers) {
    RingHeader.requireCapacity(capacity);
    requireSlots(maxSubscribers);
    return RingHeader.ringByteSize(capacity, maxSubscribers);
  }

  /**
   * Makes an empty ring of the largest capacity that the slab holds, over whatever was there.
   *
   * @param maxSubscribers at a time, from 1 to 1024
   * @throws IllegalArgumentException where the slab holds less than the smallest ring
   */
  public static BroadcastRing create(Slab slab, int maxSubscribers) {
    return create(slab.segment(), maxSubscribers);
  }

  /** Makes a ring in part of a slab, or in any other memory, aligned to 8 bytes. */
  public static BroadcastRing create(MemorySegment segment, int maxSubscribers) {
    requireSlots(maxSubscribers);
    long capacity = RingHeader.largestCapacity(segment, maxSubscribers);
    RingHeader.requireCapacity(capacity);
    RingHeader.write(segment, RingLayout.KIND_BROADCAST, capacity, maxSubscribers, 0).publish();
    return new BroadcastRing(segment, capacity, maxSubscribers, 0);
  }

  /**
   * Takes up the ring that lies in a slab, where its tail stands.
   *
   * @throws RingCorruptedException where the slab holds no such ring, or an impossible one
   */
  public static BroadcastRing attach(Slab slab) {
    return attach(slab.segment());
  }

  /** Takes up the ring that lies in part of a slab, or in any other memory. */
  public static BroadcastRing attach(MemorySegment segment) {
    RingHeader header = RingHeader.read(segment, RingLayout.KIND_BROADCAST).requirePowerOfTwo();
    boolean possible =
        header.tail() >= 0
            && header.tail() % RingLayout.RECORD_ALIGNMENT == 0
            && header.slotCount() > 0;
    if (!possible) {
      throw header.impossible("tail or slots are not what a ring has: tail=" + header.tail());
    }
    return new BroadcastRing(segment, header.capacity(), (int) header.slotCount(), header.tail());
  }

  /** Bytes of records, headers included, that the ring holds. */
  public long capacity() {
    return capacity;
  }

  /** The writing end, always the same. */
  public BroadcastProducer producer() {
    return producer;
  }

  /**
   * Opens a reading end for what is published from now on; the caller closes it.
   *
   * @throws IllegalStateException where as many as the ring takes have subscribed
   */
  public BroadcastConsumer subscribe() {
    return BroadcastConsumer.open(segment, capacity, slotCount);
  }

  /** How many have subscribed and were not evicted. */
  public int subscriberCount() {
    return (int) slots().filter(BroadcastRing::isActive).count();
  }

  /**
   * Takes the place of subscribers whose process has died, so that the producer no longer waits for
   * them. Thread-safe.
   *
   * @param isAlive whether the process of a subscriber lives; {@link RingOwner#isAlive} asks the
   *     operating system
   * @return how many there were
   */
  public int evict(LongPredicate isAlive) {
    return (int)
        slots()
            .filter(slot -> slot.owner() != RingSlot.NOBODY)
            .filter(slot -> freeDead(slot, slot.owner(), isAlive))
            .count();
  }

  /**
   * Has the producer no longer wait for the subscriber that is the furthest behind, dead or alive.
   * Its next call throws {@link SubscriberEvictedException}. For the producer's thread.
   *
   * @return whether there was one behind
   */
  public boolean evictSlowest() {
    long tail = producer.position();
    return slots()
        .filter(BroadcastRing::isActive)
        .filter(slot -> slot.position() >= 0 && slot.position() != tail)
        .min((one, other) -> Long.compare(one.position() - tail, other.position() - tail))
        .map(BroadcastRing::evictOne)
        .orElse(false);
  }

  private static boolean evictOne(RingSlot slot) {
    return slot.exchangeState(RingSlot.READS, RingSlot.EVICTED);
  }

  private static boolean freeDead(RingSlot slot, long owner, LongPredicate isAlive) {
    if (owner == RingSlot.NOBODY || isAlive.test(owner) || !slot.takeOver(owner)) {
      return false;
    }
    slot.free();
    return true;
  }

  static boolean isActive(RingSlot slot) {
    return slot.state() == RingSlot.READS;
  }

  private RingSlot slot(int index) {
    return RingSlot.at(segment, RingHeader.slotsOffset(capacity), index);
  }

  Stream<RingSlot> slots() {
    return IntStream.range(0, slotCount).mapToObj(this::slot);
  }

  private static void requireSlots(int maxSubscribers) {
    if (maxSubscribers < 1 || maxSubscribers > RingLayout.MAX_SLOTS) {
      throw new IllegalArgumentException(
          "subscribers are not from 1 to 1024: maxSubscribers=" + maxSubscribers);
    }
  }
}
