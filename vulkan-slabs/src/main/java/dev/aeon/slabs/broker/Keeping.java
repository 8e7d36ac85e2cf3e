package dev.aeon.slabs.broker;

import dev.aeon.slabs.frame.Frame;
import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.transport.Connection;
import dev.aeon.slabs.transport.Outbox;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the frames of requests that a worker has not answered, for those who serve them when it
 * dies. For the broker's thread.
 */
abstract sealed class Keeping implements AutoCloseable
    permits KeepingInPlace, KeepingWhole, KeepingReplica {
  /** An entry of the smallest frame for each that the worker's ring holds, and more. */
  private static final int LEDGER_BYTES_PER_RING_BYTE = 4;

  final SlabDevice device = SlabDevice.open(DevicePreference.HOST);
  final Outbox outbox;
  Ledger ledger;

  Keeping(Outbox outbox) {
    this.outbox = outbox;
    this.ledger = newLedger();
  }

  /**
   * As the transport allows, and the broker was told.
   *
   * @param replicas what replicas of the worker's ring come from, or null for none
   */
  static Keeping of(Connection worker, @Nullable SlabDevice replicas) {
    Outbox outbox = worker.outbox();
    if (!outbox.keepsRecords()) {
      return new KeepingWhole(outbox);
    }
    return replicas == null ? new KeepingInPlace(outbox) : KeepingReplica.of(outbox, replicas);
  }

  final Ledger newLedger() {
    return new Ledger(device, LEDGER_BYTES_PER_RING_BYTE * outbox.capacity());
  }

  /** Where requests are written to. */
  final Outbox outbox() {
    return outbox;
  }

  final Ledger ledger() {
    return ledger;
  }

  /** Whether what is unanswered can be kept when another frame is sent. */
  abstract boolean hasRoom(int byteSize);

  /** How much of a frame its entry in the ledger keeps. */
  abstract int keptByteSize(int byteSize);

  /** The worker's ring goes: from here on whole frames are here. */
  abstract void disconnect();

  /** Bytes that requests which are not answered take. */
  abstract long fillByteSize();

  /** What {@link #frame} counts in. */
  abstract MemorySegment memory();

  /** The frame of the oldest request: at least its header before {@link #disconnect}. */
  abstract long frame();

  /** The oldest request was answered, or went to another. */
  void release() {
    ledger.release();
  }

  final long requestId() {
    return Frame.requestId(memory(), frame());
  }

  @Override
  public void close() {
    device.close();
  }
}
