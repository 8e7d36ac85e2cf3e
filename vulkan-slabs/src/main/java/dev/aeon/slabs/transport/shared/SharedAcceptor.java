package dev.aeon.slabs.transport.shared;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.posix.Sockets;
import dev.aeon.slabs.transport.Acceptor;
import dev.aeon.slabs.transport.Connection;
import dev.aeon.slabs.transport.TransportException;
import dev.aeon.slabs.transport.WaitSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listening Unix socket. It has no thread: whoever polls does its work, once a millisecond, or
 * when woken by it.
 */
final class SharedAcceptor implements Acceptor {
  private static final Logger LOG = LoggerFactory.getLogger(SharedAcceptor.class);
  private static final long LOOK_NANOS = 1_000_000;

  private final Descriptor listener;
  private final Path path;
  private final List<Descriptor> ungreeted = new ArrayList<>();
  private long lastLookNanos = System.nanoTime() - LOOK_NANOS;
  private final List<WaitSet> watching = new ArrayList<>();
  private volatile boolean due = true;
  private boolean closed;

  SharedAcceptor(Descriptor listener, Path path) {
    this.listener = listener;
    this.path = path;
  }

  @Override
  public synchronized @Nullable Connection poll() {
    long now = System.nanoTime();
    if (closed || (!due && now - lastLookNanos < LOOK_NANOS)) {
      return null;
    }
    due = false;
    acceptAll();
    Connection next = firstGreeted();
    if (next == null) {
      lastLookNanos = now;
    }
    return next;
  }

  private void acceptAll() {
    for (int fd = Sockets.accept(listener.fd()); fd >= 0; fd = Sockets.accept(listener.fd())) {
      Descriptor socket = Descriptor.own(fd);
      ungreeted.add(socket);
      watching.forEach(each -> watch(each, socket));
    }
  }

  private void watch(WaitSet waits, Descriptor descriptor) {
    waits.watch(descriptor.fd(), () -> due = true);
  }

  private void unwatch(Descriptor descriptor) {
    watching.forEach(each -> each.unwatch(descriptor.fd()));
  }

  @Override
  public synchronized void wakes(WaitSet waits) {
    if (!closed) {
      watching.add(waits);
      watch(waits, listener);
      ungreeted.forEach(each -> watch(waits, each));
    }
  }

  private @Nullable Connection firstGreeted() {
    for (Iterator<Descriptor> each = ungreeted.iterator(); each.hasNext(); ) {
      Descriptor socket = each.next();
      try {
        List<Descriptor> slabs = SharedHello.receive(socket);
        if (slabs != null) {
          unwatch(socket);
          Connection connection = SharedConnection.accept(socket, slabs, address());
          each.remove();
          return connection;
        }
      } catch (TransportException refused) {
        LOG.warn("turned a connector away: address={} {}", address(), refused.getMessage());
        each.remove();
        unwatch(socket);
        socket.close();
      }
    }
    return null;
  }

  @Override
  public String address() {
    return "shm://" + path;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      ungreeted.forEach(this::unwatch);
      unwatch(listener);
      ungreeted.forEach(Descriptor::close);
      listener.close();
      SharedTransport.remove(path);
    }
  }
}
