package dev.aeon.slabs.transport;

import dev.aeon.slabs.memory.Slab;
import java.lang.foreign.MemorySegment;

/**
 * Where records for the other end are written in place, by one thread at a time. Data plane:
 * allocates nothing.
 */
public interface Outbox {
  /** What {@link #claim} returns where the record does not fit for now. */
  long FULL = -1;

  /** The memory that offsets count in. */
  Slab slab();

  /** The same memory. */
  MemorySegment segment();

  /** The largest record in bytes. */
  int maxByteSize();

  /** Bytes of the ring behind it. */
  long capacity();

  /** Bytes that are written and not yet taken by the other end. */
  long fillByteSize();

  /**
   * Whether a record stays readable here, whatever the other end has taken, until another is
   * claimed that ends more than {@link #capacity} bytes behind where it began.
   */
  default boolean keepsRecords() {
    return false;
  }

  /**
   * Bytes ever written, the ring's own included: where the next record begins, or before it.
   *
   * @throws UnsupportedOperationException unless {@link #keepsRecords}
   */
  default long position() {
    throw new UnsupportedOperationException("outbox does not keep its records");
  }

  /**
   * Reserves space for a record, invisible to the other end.
   *
   * @return its byte offset, a multiple of 8, or {@link #FULL}
   * @throws IllegalArgumentException for a size below 0 or above {@link #maxByteSize}
   */
  long claim(int byteSize);

  /** Completes the claimed record but shows it with the next {@link #publish} only. */
  void stage();

  /** Shows all staged records to the other end. */
  void publish();

  /** Gives the claim back. */
  void abort();

  /** Completes the claimed record and shows it. */
  default void commit() {
    stage();
    publish();
  }
}
