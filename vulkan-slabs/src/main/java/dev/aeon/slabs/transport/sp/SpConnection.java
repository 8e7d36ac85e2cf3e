package dev.aeon.slabs.transport.sp;

import dev.aeon.slabs.transport.ConnectionEnd;
import java.util.concurrent.atomic.AtomicBoolean;

/** A link as a connection; what closing it means is its maker's to say. */
final class SpConnection extends ConnectionEnd {
  private final SpLink link;
  private final Runnable onClose;
  private final AtomicBoolean closed = new AtomicBoolean();

  SpConnection(SpLink link, boolean connector, String peer, Runnable onClose) {
    super(link.outbox(), link.inbox(), connector, peer, link.sleepers());
    this.link = link;
    this.onClose = onClose;
  }

  @Override
  public boolean isOpen() {
    return link.isOpen();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      wakesNobody();
      onClose.run();
    }
  }
}
