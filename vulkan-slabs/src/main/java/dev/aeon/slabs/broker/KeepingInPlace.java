package dev.aeon.slabs.broker;

import dev.aeon.slabs.frame.Frame;
import dev.aeon.slabs.transport.Outbox;
import java.lang.foreign.MemorySegment;

/**
 * Leaves frames where the worker reads them: their space in its ring is not written again before
 * they are answered, whatever the worker has released. Of the frame only the header is kept, which
 * the worker so cannot change; its body is as the worker left it.
 */
final class KeepingInPlace extends Keeping {
  /** What a ring adds to a record: its header, and rounding. */
  private static final int RECORD_OVERHEAD_BYTES = 16;

  private boolean connected = true;

  KeepingInPlace(Outbox outbox) {
    super(outbox);
  }

  /** Whether the ring would not come round to what is unanswered, padding at its end included. */
  @Override
  boolean hasRoom(int byteSize) {
    return ledger.isEmpty()
        || fillByteSize() + 2L * (byteSize + RECORD_OVERHEAD_BYTES) <= outbox.capacity();
  }

  @Override
  int keptByteSize(int byteSize) {
    return Frame.HEADER_BYTES;
  }

  @Override
  long fillByteSize() {
    return connected && !ledger.isEmpty() ? outbox.position() - ledger.position() : 0;
  }

  @Override
  void disconnect() {
    if (!connected) {
      return;
    }
    connected = false;
    Ledger whole = newLedger();
    for (; !ledger.isEmpty(); ledger.release()) {
      copyTo(whole);
    }
    ledger = whole;
  }

  private void copyTo(Ledger whole) {
    int byteSize = ledger.byteSize();
    int bodyByteSize = byteSize - Frame.HEADER_BYTES;
    long body = ledger.place() + Frame.HEADER_BYTES;
    if (!whole.tryBegin(byteSize)) {
      throw new IllegalStateException("ledger is too small for a ring: byteSize=" + byteSize);
    }
    whole.setAsker(ledger.client(), ledger.gathering(), ledger.sentNanos());
    whole.setPlace(ledger.position(), ledger.place(), byteSize);
    whole.keep(ledger.memory(), ledger.keptOffset(), 0, Frame.HEADER_BYTES);
    whole.keep(outbox.segment(), body, Frame.HEADER_BYTES, bodyByteSize);
    whole.commit();
  }

  @Override
  MemorySegment memory() {
    return ledger.memory();
  }

  @Override
  long frame() {
    return ledger.keptOffset();
  }
}
