package dev.aeon.slabs.transport.inproc;

import dev.aeon.slabs.transport.Acceptor;
import dev.aeon.slabs.transport.Connection;
import dev.aeon.slabs.transport.ConnectionOptions;
import dev.aeon.slabs.transport.Sleepers;
import dev.aeon.slabs.transport.TransportException;
import dev.aeon.slabs.transport.WaitSet;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Hands each connection's other end to whoever polls. */
final class InprocAcceptor implements Acceptor {
  private final String name;
  private final Queue<Connection> accepted = new ArrayDeque<>();
  private final Sleepers sleepers = new Sleepers();
  private volatile int waitingCount;
  private boolean closed;

  InprocAcceptor(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  synchronized Connection connect(ConnectionOptions options) {
    if (closed) {
      throw new TransportException("nobody accepts there: address=" + address());
    }
    RingPair rings = RingPair.allocate(options);
    accepted.add(rings.boundEnd("connector of " + address()));
    waitingCount++;
    sleepers.signal();
    return rings.connectorEnd(address());
  }

  @Override
  public @Nullable Connection poll() {
    return waitingCount == 0 ? null : take();
  }

  private synchronized @Nullable Connection take() {
    Connection next = accepted.poll();
    if (next != null) {
      waitingCount--;
    }
    return next;
  }

  @Override
  public void wakes(WaitSet waits) {
    sleepers.add(waits);
  }

  @Override
  public String address() {
    return "inproc://" + name;
  }

  @Override
  public synchronized void close() {
    closed = true;
    InprocTransport.forget(this);
    for (Connection next = take(); next != null; next = take()) {
      next.close();
    }
  }
}
