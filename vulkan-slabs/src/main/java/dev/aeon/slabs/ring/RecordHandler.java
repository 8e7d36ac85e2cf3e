package dev.aeon.slabs.ring;

import java.lang.foreign.MemorySegment;

/** Takes the records that {@link RingConsumer#drain} finds. */
@FunctionalInterface
public interface RecordHandler {
  /**
   * Called on the draining thread, once per record, in order. The bytes are the handler's until it
   * returns; where it throws, the record stays in the ring and {@code drain} throws the same.
   *
   * @param ring the memory that holds the record
   * @param byteOffset of the payload in {@code ring}
   * @param byteSize of the payload, from 0
   */
  void onRecord(MemorySegment ring, long byteOffset, int byteSize);
}
