package dev.aeon.slabs.broker;

import dev.aeon.slabs.transport.Outbox;
import java.lang.foreign.MemorySegment;

/** Keeps a copy of each frame: for transports whose rings are not kept, or not readable. */
final class KeepingWhole extends Keeping {
  KeepingWhole(Outbox outbox) {
    super(outbox);
  }

  @Override
  boolean hasRoom(int byteSize) {
    return true;
  }

  @Override
  int keptByteSize(int byteSize) {
    return byteSize;
  }

  @Override
  void disconnect() {}

  @Override
  long fillByteSize() {
    return outbox.fillByteSize();
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
