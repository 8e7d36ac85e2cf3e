package dev.aeon.slabs.ring;

import java.lang.foreign.MemorySegment;

/**
 * A reading end of a ring, for one thread at a time. It believes nothing in shared memory: what
 * tells where a record lies is read once and checked once, and never leads out of the ring whatever
 * a producer wrote there. Data plane: no method allocates.
 *
 * <p>Every method throws {@link IllegalStateException} once the slab is closed.
 */
public interface RingConsumer {
  /** What {@link #peek} returns where no record is there for now. */
  long EMPTY = -1;

  /** The memory that offsets of this end count in. */
  MemorySegment segment();

  /**
   * Finds the oldest record and leaves it in the ring; calling it again finds the same.
   *
   * @return the byte offset of its payload in {@link #segment}, or {@link #EMPTY}
   * @throws RingCorruptedException where a record is not what a producer writes
   */
  long peek();

  /**
   * Bytes of the payload that {@link #peek} found.
   *
   * @throws IllegalStateException where none was found
   */
  int peekedByteSize();

  /**
   * Gives the peeked record's space back to producers.
   *
   * @throws IllegalStateException where none was found
   */
  void release();

  /**
   * Hands out up to {@code limit} records and releases them, in few steps.
   *
   * @return how many records were handed out, 0 where the ring is empty
   * @throws RingCorruptedException as {@link #peek}; what was handed out before stays released
   */
  int drain(RecordHandler handler, int limit);

  /** Whether {@link #peek} would find a record. */
  default boolean hasRecord() {
    return peek() != EMPTY;
  }

  /**
   * From now on wakes producers that wait by {@link Waiting#wokenBy} when space becomes free, at
   * the cost of a full fence each time.
   */
  void wakesThrough(RingSignal signal);

  /**
   * Waits until there is a record.
   *
   * @return false where none came within {@code timeoutNanos}
   */
  boolean await(Waiting waiting, long timeoutNanos) throws InterruptedException;
}
