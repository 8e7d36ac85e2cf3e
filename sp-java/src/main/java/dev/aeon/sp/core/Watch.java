package dev.aeon.sp.core;

import dev.aeon.bindings.posix.Poller;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;

/** One descriptor under watch. A write that has to wait counts as depending on whoever polls. */
final class Watch implements Reactor.Registration {
  private final WatchTable table;
  private final Strand strand;
  private final int fd;
  private final Reactor.ReadyHandler handler;
  private final DependentCount dependents;
  private final Poller poller;
  private final long token;
  private int interest;
  private boolean closed;

  Watch(
      WatchTable table,
      Strand strand,
      int fd,
      int interest,
      Reactor.ReadyHandler handler,
      DependentCount dependents,
      Poller poller,
      long token) {
    this.table = table;
    this.strand = strand;
    this.fd = fd;
    this.handler = handler;
    this.dependents = dependents;
    this.poller = poller;
    this.token = token;
    note(interest);
  }

  long token() {
    return token;
  }

  private void note(int wanted) {
    int before = interest & Poller.WRITABLE;
    int now = wanted & Poller.WRITABLE;
    interest = wanted;
    if (before == 0 && now != 0) {
      dependents.more();
    } else if (before != 0 && now == 0) {
      dependents.fewer();
    }
  }

  boolean looksItself() {
    return handler.looksItself();
  }

  /** Lets the handler look by itself. */
  void look() {
    strand.lock();
    try {
      if (!closed) {
        handler.look();
      }
    } finally {
      strand.unlock();
    }
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
  public void setInterest(int wanted) {
    if (!closed) {
      poller.modify(fd, wanted, token);
      note(wanted);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      poller.remove(fd);
      note(0);
      table.remove(this);
    }
  }
}
