package dev.aeon.slabs.transport.sp;

import dev.aeon.slabs.transport.Connection;
import dev.aeon.slabs.transport.Inbox;
import dev.aeon.slabs.transport.Outbox;
import java.util.concurrent.atomic.AtomicBoolean;

/** A link as a connection; what closing it means is its maker's to say. */
final class SpConnection implements Connection {
  private final SpLink link;
  private final boolean connector;
  private final String peer;
  private final Runnable onClose;
  private final AtomicBoolean closed = new AtomicBoolean();

  SpConnection(SpLink link, boolean connector, String peer, Runnable onClose) {
    this.link = link;
    this.connector = connector;
    this.peer = peer;
    this.onClose = onClose;
  }

  @Override
  public Outbox outbox() {
    return link.outbox();
  }

  @Override
  public Inbox inbox() {
    return link.inbox();
  }

  @Override
  public boolean isOpen() {
    return link.isOpen();
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
      onClose.run();
    }
  }
}
