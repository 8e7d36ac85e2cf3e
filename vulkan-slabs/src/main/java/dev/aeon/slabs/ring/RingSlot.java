package dev.aeon.slabs.ring;

import java.lang.foreign.MemorySegment;

/**
 * One of a ring's slots: what an end or a subscriber is about, for others to read. Written by its
 * owner alone, until {@link #takeOver} makes another process the owner.
 */
record RingSlot(MemorySegment segment, long byteOffset) {
  static final long NOBODY = 0;

  static final long WRITES = 1;
  static final long READS = 2;
  static final long EVICTED = 3;

  /** Of the position: about nothing. */
  static final long IDLE = -1;

  /**
   * Takes the first free slot for this process.
   *
   * @throws IllegalStateException where there is none
   */
  static RingSlot take(MemorySegment segment, long slotsOffset, int slotCount, long state) {
    for (int index = 0; index < slotCount; index++) {
      RingSlot slot = at(segment, slotsOffset, index);
      if (slot.exchangeOwner(NOBODY, RingOwner.current())) {
        slot.setPosition(IDLE);
        slot.setCount(0);
        slot.setState(state);
        return slot;
      }
    }
    throw new IllegalStateException("every slot of the ring is taken: slotCount=" + slotCount);
  }

  static RingSlot at(MemorySegment segment, long slotsOffset, int index) {
    return new RingSlot(segment, slotsOffset + index * RingLayout.SLOT_BYTES);
  }

  /** Gives the slot back. */
  void free() {
    setState(0);
    setPosition(IDLE);
    setOwner(NOBODY);
  }

  /** Whether the slot went from a dead owner to this process. */
  boolean takeOver(long dead) {
    return exchangeOwner(dead, RingOwner.current());
  }

  long owner() {
    return (long) RingLayout.WORD.getAcquire(segment, byteOffset + RingLayout.SLOT_OWNER_OFFSET);
  }

  long state() {
    return (long) RingLayout.WORD.getAcquire(segment, byteOffset + RingLayout.SLOT_STATE_OFFSET);
  }

  long position() {
    return (long) RingLayout.WORD.getAcquire(segment, positionOffset());
  }

  /** How many positions from {@link #position} on the owner is about. */
  long count() {
    return (long) RingLayout.WORD.getAcquire(segment, countOffset());
  }

  void setPosition(long position) {
    RingLayout.WORD.setRelease(segment, positionOffset(), position);
  }

  void setCount(long count) {
    RingLayout.WORD.setRelease(segment, countOffset(), count);
  }

  void setState(long state) {
    RingLayout.WORD.setRelease(segment, byteOffset + RingLayout.SLOT_STATE_OFFSET, state);
  }

  /** Whether the state went from one to the other. */
  boolean exchangeState(long expected, long state) {
    return RingLayout.WORD.compareAndSet(
        segment, byteOffset + RingLayout.SLOT_STATE_OFFSET, expected, state);
  }

  long positionOffset() {
    return byteOffset + RingLayout.SLOT_POSITION_OFFSET;
  }

  long countOffset() {
    return byteOffset + RingLayout.SLOT_COUNT_IN_WORK_OFFSET;
  }

  private void setOwner(long owner) {
    RingLayout.WORD.setRelease(segment, byteOffset + RingLayout.SLOT_OWNER_OFFSET, owner);
  }

  private boolean exchangeOwner(long expected, long owner) {
    return RingLayout.WORD.compareAndSet(
        segment, byteOffset + RingLayout.SLOT_OWNER_OFFSET, expected, owner);
  }
}
