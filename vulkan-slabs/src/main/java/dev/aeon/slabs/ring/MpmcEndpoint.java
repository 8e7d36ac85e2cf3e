package dev.aeon.slabs.ring;

/** What both ends of an {@link MpmcRing} have: the cells, a slot, and flags of those who sleep. */
abstract class MpmcEndpoint extends PaddedEndpoint implements AutoCloseable {
  final MpmcLayout layout;
  final RingSlot slot;
  final SleepFlag consumers;
  final SleepFlag producers;
  private final long mask;
  private final long cellByteSize;
  private final long intentOffset;
  private final long intentCountOffset;
  private long intentCount;
  private boolean closed;

  MpmcEndpoint(MpmcLayout layout, RingSlot slot) {
    super(layout.segment(), layout.cellCount() * layout.cellByteSize());
    this.layout = layout;
    this.slot = slot;
    this.mask = layout.cellCount() - 1;
    this.cellByteSize = layout.cellByteSize();
    this.intentOffset = slot.positionOffset();
    this.intentCountOffset = slot.countOffset();
    this.consumers = new SleepFlag(segment, RingLayout.CONSUMERS_SLEEP_OFFSET);
    this.producers = new SleepFlag(segment, RingLayout.PRODUCERS_SLEEP_OFFSET);
  }

  /**
   * Says which positions this end is about to take. It must be seen before they are taken: the
   * compare-and-set that follows sees to that.
   */
  final void intend(long position, long count) {
    if (count != intentCount) {
      intentCount = count;
      setWord(intentCountOffset, count);
    }
    setRelease(intentOffset, position);
  }

  /** As {@link MpmcLayout#cellOffset}, from fields of this end alone. */
  final long cellOffset(long position) {
    return RingLayout.DATA_OFFSET + (position & mask) * cellByteSize;
  }

  final long sequenceAt(long position) {
    return getAcquire(cellOffset(position));
  }

  final long recordOffset(long position) {
    return cellOffset(position) + RingLayout.CELL_RECORD_OFFSET;
  }

  final long payloadOffset(long position) {
    return cellOffset(position) + RingLayout.CELL_PAYLOAD_OFFSET;
  }

  /** As {@link MpmcLayout#released}. */
  final long released(long position) {
    return position + mask + 1;
  }

  /** Whether a cell is what it may be before its turn: claimed or committed one lap before. */
  final boolean isOneLapBehind(long sequence, long position) {
    long lapBefore = position - layout.cellCount();
    return sequence == layout.free(lapBefore) || sequence == layout.committed(lapBefore);
  }

  final RingCorruptedException impossible(long sequence, long position) {
    return new RingCorruptedException(
        "cell is not one that peers leave: sequence=%d cellCount=%d"
            .formatted(sequence, layout.cellCount()),
        position);
  }

  /** What is to be given back before the slot is. */
  abstract void leave();

  /** Gives the slot back to other ends; a claim that is open is aborted. Does nothing again. */
  @Override
  public final void close() {
    if (!closed) {
      closed = true;
      leave();
      slot.free();
    }
  }

  final void requireOpen() {
    if (closed) {
      throw new IllegalStateException("end of the ring is closed: slot=" + slot.byteOffset());
    }
  }
}
