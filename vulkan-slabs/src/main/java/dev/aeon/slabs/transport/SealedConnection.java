package dev.aeon.slabs.transport;

import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.SlabDevice;

/**
 * A connection whose records are sealed. What is written and read in place lies in memory of this
 * process; the rings that others see hold nothing but sealed records.
 */
final class SealedConnection implements Connection {
  private final Connection inner;
  private final SlabDevice device = SlabDevice.open(DevicePreference.HOST);
  private final SealedOutbox outbox;
  private final SealedInbox inbox;

  SealedConnection(Connection inner, ChannelKey key, long recordsPerEpoch) {
    this.inner = inner;
    SealedGreeting greeting = new SealedGreeting(inner, key, recordsPerEpoch);
    this.outbox =
        new SealedOutbox(inner.outbox(), device.allocate(inner.outbox().maxByteSize()), greeting);
    this.inbox =
        new SealedInbox(inner.inbox(), device.allocate(inner.inbox().capacity()), greeting);
  }

  @Override
  public Outbox outbox() {
    return outbox;
  }

  @Override
  public Inbox inbox() {
    return inbox;
  }

  @Override
  public boolean isOpen() {
    return inner.isOpen();
  }

  @Override
  public boolean isConnector() {
    return inner.isConnector();
  }

  @Override
  public String peer() {
    return inner.peer();
  }

  /** The peer's greeting, without which nothing can be written, comes as any record. */
  @Override
  public void wakes(WaitSet waits) {
    inner.wakes(waits);
  }

  @Override
  public void close() {
    inner.close();
    device.close();
  }
}
