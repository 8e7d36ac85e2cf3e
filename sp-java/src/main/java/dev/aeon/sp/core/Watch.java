package dev.aeon.sp.core;

import dev.aeon.bindings.posix.Poller;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;
import java.util.function.Consumer;

/** One descriptor under watch. */
final class Watch implements Reactor.Registration {
  private final Strand strand;
  private final int fd;
  private final Reactor.ReadyHandler handler;
  private final Consumer<Watch> onClose;
  private final Poller poller;
  private final long token;
  private boolean closed;

  Watch(
      Strand strand,
      int fd,
      Reactor.ReadyHandler handler,
      Consumer<Watch> onClose,
      Poller poller,
      long token) {
    this.strand = strand;
    this.fd = fd;
    this.handler = handler;
    this.onClose = onClose;
    this.poller = poller;
    this.token = token;
  }

  long token() {
    return token;
  }

  void ready(int events) {
    strand.lock();
    try {
      if (!closed) {
        handler.ready(events);
      }
    } finally {
      strand.unlock();
    }
  }

  @Override
  public void setInterest(int interest) {
    if (!closed) {
      poller.modify(fd, interest, token);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      poller.remove(fd);
      onClose.accept(this);
    }
  }
}
