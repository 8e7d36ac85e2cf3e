package dev.aeon.slabs.transport.inproc;

import dev.aeon.slabs.transport.Connection;
import dev.aeon.slabs.transport.Inbox;
import dev.aeon.slabs.transport.Outbox;
import java.util.concurrent.atomic.AtomicBoolean;

/** One end of a {@link RingPair}. */
final class InprocConnection implements Connection {
  private final RingPair rings;
  private final Outbox outbox;
  private final Inbox inbox;
  private final boolean connector;
  private final String peer;
  private final AtomicBoolean closed = new AtomicBoolean();

  InprocConnection(RingPair rings, Outbox outbox, Inbox inbox, boolean connector, String peer) {
    this.rings = rings;
    this.outbox = outbox;
    this.inbox = inbox;
    this.connector = connector;
    this.peer = peer;
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
    return rings.isWhole();
  }

  @Override
  public boolean isConnector() {
    return connector;
  }

  @Override
  public String peer() {
    return peer;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      rings.closeEnd();
    }
  }
}
