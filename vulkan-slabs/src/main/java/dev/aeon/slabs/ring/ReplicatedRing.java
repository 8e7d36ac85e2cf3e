package dev.aeon.slabs.ring;

import java.lang.foreign.MemorySegment;
import java.util.Comparator;
import java.util.List;

/**
 * The same records in several SPSC rings of equal capacity, in slabs that need not fail together:
 * of several processes, devices or nodes of memory. A record that a reader has seen is in each of
 * them, at the same place. A ring that turns out corrupted, or is dropped, is left behind; writer
 * and reader go on with the rest, and lose nothing.
 *
 * <p>Rings are written from the last to the first, and read from the first: so what is shown in the
 * first is in all the others. They are released from the first to the last. A writer or reader that
 * takes over from a killed one makes rings equal again that it left one step apart.
 */
public final class ReplicatedRing {
  private ReplicatedRing() {}

  /**
   * Makes empty rings.
   *
   * @param segments one for each ring, of equal size, as for {@link SpscRing#create(MemorySegment)}
   * @throws IllegalArgumentException for none, or where they would be of different capacity
   */
  public static void create(List<MemorySegment> segments) {
    requireEqual(segments.stream().map(each -> RingHeader.largestCapacity(each, 0)).toList());
    segments.forEach(SpscRing::create);
  }

  /**
   * Takes up the writing end, which is one thread's at a time.
   *
   * @param segments in the order of {@link #create}, without those that were dropped
   * @throws RingCorruptedException where one holds no such ring, or an impossible one
   * @throws IllegalArgumentException for none, or for rings of different capacity
   */
  public static ReplicatedProducer producer(List<MemorySegment> segments) {
    List<RingHeader> rings = read(segments);
    RingHeader furthest =
        rings.stream().max(Comparator.comparingLong(RingHeader::tail)).orElseThrow();
    rings.forEach(each -> bringUp(each, furthest));
    return new ReplicatedProducer(
        rings.stream()
            .map(each ->
                new SpscProducer(each.segment(), each.capacity(), furthest.tail(), each.head()))
            .toList());
  }

  /** Takes up the reading end; as {@link #producer}. */
  public static ReplicatedConsumer consumer(List<MemorySegment> segments) {
    List<RingHeader> rings = read(segments);
    long head = rings.stream().mapToLong(RingHeader::head).max().orElseThrow();
    return new ReplicatedConsumer(rings.stream().map(each -> consumer(each, head)).toList());
  }

  private static SpscConsumer consumer(RingHeader ring, long head) {
    if (head > ring.tail()) {
      throw ring.impossible("ring lacks records that were read in another:");
    }
    RingLayout.WORD.setRelease(ring.segment(), RingLayout.HEAD_OFFSET, head);
    return new SpscConsumer(ring.segment(), ring.capacity(), ring.tail(), head);
  }

  private static List<RingHeader> read(List<MemorySegment> segments) {
    List<RingHeader> rings =
        segments.stream()
            .map(each -> RingHeader.read(each, RingLayout.KIND_SPSC))
            .map(each -> each.requirePowerOfTwo().requirePositions())
            .toList();
    requireEqual(rings.stream().map(RingHeader::capacity).toList());
    return rings;
  }

  /** Copies what a killed writer had shown in one ring and not in another yet. */
  private static void bringUp(RingHeader ring, RingHeader furthest) {
    if (furthest.tail() - ring.head() > ring.capacity()) {
      throw ring.impossible("ring is too far behind another:");
    }
    long mask = ring.capacity() - 1;
    for (long position = ring.tail(); position < furthest.tail(); position += Long.BYTES) {
      long byteOffset = RingLayout.DATA_OFFSET + (position & mask);
      long word = (long) RingLayout.WORD.get(furthest.segment(), byteOffset);
      RingLayout.WORD.set(ring.segment(), byteOffset, word);
    }
    RingLayout.WORD.setRelease(ring.segment(), RingLayout.TAIL_OFFSET, furthest.tail());
  }

  private static void requireEqual(List<Long> capacities) {
    if (capacities.stream().distinct().count() != 1) {
      throw new IllegalArgumentException("rings are not of one capacity: capacities=" + capacities);
    }
  }
}
