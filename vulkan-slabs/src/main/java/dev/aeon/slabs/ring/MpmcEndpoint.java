package dev.aeon.slabs.ring;

/** What both ends of an {@link MpmcRing} have: the cells, a slot, and flags of those who sleep. */
abstract class MpmcEndpoint extends PaddedEndpoint implements AutoCloseable {
  final MpmcLayout layout;
  final RingSlot slot;
  final SleepFlag consumers;
  final SleepFlag producers;
  private final long mask;
  private final long cellByteSize;
  private boolean closed;

  MpmcEndpoint(MpmcLayout layout, RingSlot slot) {
    super(layout.segment(), layout.cellCount() * layout.cellByteSize());
    this.layout = layout;
    this.slot = slot;
    this.mask = layout.cellCount() - 1;
    this.cellByteSize = layout.cellByteSize();
    this.consumers = new SleepFlag(segment, RingLayout.CONSUMERS_SLEEP_OFFSET);
    this.producers = new SleepFlag(segment, RingLayout.PRODUCERS_SLEEP_OFFSET);
  }

  /** As {@link MpmcLayout#cellOffset}, from fields of this end alone. */
  final long cellOffset(long position) {
    return RingLayout.DATA_OFFSET + (position & mask) * cellByteSize;
  }

  final long stampAt(long position) {
    return getAcquire(cellOffset(position));
  }

  final long payloadOffset(long position) {
    return cellOffset(position) + RingLayout.CELL_PAYLOAD_OFFSET;
  }

  /** Whether a cell still has the turn of one lap before: nobody's yet at this position. */
  final boolean isOneLapBehind(long stamp, long position) {
    return CellStamp.turnsAfter(stamp, position) == -layout.cellCount()
        && CellStamp.state(stamp) != CellStamp.FREE;
  }

  final RingCorruptedException impossible(long stamp, long position) {
    return new RingCorruptedException(
        "cell is not one that peers leave: stamp=%x cellCount=%d"
            .formatted(stamp, layout.cellCount()),
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
