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
   * An outbox in place of this one that writes each record to {@code replica} too, before the other
   * end sees it. Before anything is written.
   *
   * @param replica an empty ring of {@link #capacity} bytes, whose reader is the caller
   * @throws UnsupportedOperationException unless {@link #keepsRecords}
   */
  default Outbox replicatedTo(MemorySegment replica) {
    throw new UnsupportedOperationException("outbox does not keep its records");
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

  /**
   * Says that more room is needed than there is, as a {@link #claim} that finds none does by
   * itself: from now on {@link #announceSleep} asks to be woken by room.
   */
  void lacksRoom();

  /**
   * Where room was lacking, has the other end wake who waits here when it next makes some; look
   * once more afterwards.
   */
  void announceSleep();

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
