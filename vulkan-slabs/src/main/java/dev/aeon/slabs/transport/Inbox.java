package dev.aeon.slabs.transport;

import dev.aeon.slabs.memory.Slab;
import java.lang.foreign.MemorySegment;

/**
 * Where records of the other end are read in place, by one thread at a time. Data plane: allocates
 * nothing.
 */
public interface Inbox {
  /** What {@link #peek} returns where no record is there for now. */
  long EMPTY = -1;

  /** The memory that offsets count in. */
  Slab slab();

  /** The same memory. */
  MemorySegment segment();

  /** Bytes of the ring behind it. */
  long capacity();

  /** Bytes that are written and not yet released. */
  long fillByteSize();

  /**
   * Finds the oldest record and leaves it there.
   *
   * @return its byte offset, or {@link #EMPTY}
   */
  long peek();

  /** Bytes of the record that {@link #peek} found. */
  int peekedByteSize();

  /** Has the other end wake who waits here with its next record; look once more afterwards. */
  void announceSleep();

  /** Gives the peeked record's space back to the other end. */
  void release();
}
