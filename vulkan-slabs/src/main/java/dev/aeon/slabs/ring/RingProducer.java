package dev.aeon.slabs.ring;

import java.lang.foreign.MemorySegment;

/**
 * A writing end of a ring, for one thread at a time: claim space, write the payload into {@link
 * #segment} there, then commit or abort. Data plane: no method allocates, or waits for a reader.
 *
 * <p>Every method throws {@link IllegalStateException} once the slab is closed.
 */
public interface RingProducer {
  /** What {@link #claim} returns where the record does not fit for now. */
  long FULL = -1;

  /** The memory that offsets of this end count in. */
  MemorySegment segment();

  /** The largest payload, in bytes, that {@link #claim} grants. */
  int maxPayloadByteSize();

  /**
   * Reserves space for a payload of {@code byteSize} bytes, invisible to readers.
   *
   * @return the byte offset of the payload in {@link #segment}, a multiple of 8, or {@link #FULL}
   * @throws IllegalArgumentException for a size below 0 or above {@link #maxPayloadByteSize}
   * @throws IllegalStateException where a claim is open
   * @throws RingCorruptedException where what readers left is impossible
   */
  long claim(int byteSize);

  /**
   * Makes the claimed record, and all staged before it, visible to readers.
   *
   * @throws IllegalStateException where no claim is open
   */
  void commit();

  /**
   * Completes the claimed record but need not show it before the next {@link #publish} or {@link
   * #commit}: several records then cost one exchange between processors.
   *
   * @throws IllegalStateException where no claim is open
   */
  void stage();

  /** Makes all staged records visible to readers. */
  void publish();

  /**
   * Gives the claim back; no reader ever sees it.
   *
   * @throws IllegalStateException where no claim is open
   */
  void abort();

  /** Whether a claim of this size would be granted. */
  boolean hasRoom(int byteSize);

  /**
   * From now on wakes readers that wait by {@link Waiting#wokenBy} with each record that becomes
   * visible, at the cost of a full fence each.
   */
  void wakesThrough(RingSignal signal);

  /**
   * Waits until a claim of {@code byteSize} bytes would be granted.
   *
   * @return false where that did not come within {@code timeoutNanos}
   */
  boolean awaitRoom(int byteSize, Waiting waiting, long timeoutNanos) throws InterruptedException;

  /**
   * Copies {@code payload} into the ring as one record and commits it.
   *
   * @return false where the ring is full for now
   */
  default boolean offer(MemorySegment payload) {
    int byteSize = (int) Math.min(Integer.MAX_VALUE, payload.byteSize());
    long byteOffset = claim(byteSize);
    if (byteOffset == FULL) {
      return false;
    }
    MemorySegment.copy(payload, 0, segment(), byteOffset, byteSize);
    commit();
    return true;
  }
}
