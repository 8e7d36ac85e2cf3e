package dev.aeon.slabs.transport.inproc;

import dev.aeon.slabs.transport.ConnectionEnd;
import dev.aeon.slabs.transport.Inbox;
import dev.aeon.slabs.transport.Outbox;
import dev.aeon.slabs.transport.Sleepers;
import java.util.concurrent.atomic.AtomicBoolean;

/** One end of a {@link RingPair}. */
final class InprocConnection extends ConnectionEnd {
  private final RingPair rings;
  private final AtomicBoolean closed = new AtomicBoolean();

  InprocConnection(
      RingPair rings,
      Outbox outbox,
      Inbox inbox,
      boolean connector,
      String peer,
      Sleepers sleepers) {
    super(outbox, inbox, connector, peer, sleepers);
    this.rings = rings;
  }

  @Override
  public boolean isOpen() {
    return rings.isWhole();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      wakesNobody();
      rings.closeEnd();
    }
  }
}
