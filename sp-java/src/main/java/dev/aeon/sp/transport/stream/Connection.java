package dev.aeon.sp.transport.stream;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.posix.Sockets;
import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.Reactor;
import java.lang.foreign.MemorySegment;

/** A descriptor and what it is watched for. Confined to its strand. */
final class Connection implements AutoCloseable {
  private final Descriptor descriptor;
  private final int fd;
  private final Reactor.Registration registration;
  private int interest;

  Connection(PipeHost host, Descriptor descriptor, int interest, Reactor.ReadyHandler handler) {
    this.descriptor = descriptor;
    this.fd = descriptor.fd();
    this.interest = interest;
    this.registration = host.reactor().register(host.strand(), fd, interest, handler);
  }

  Descriptor descriptor() {
    return descriptor;
  }

  /** Watches for {@code event}, or no longer. */
  void watch(int event, boolean wanted) {
    int changed = wanted ? interest | event : interest & ~event;
    if (changed != interest) {
      interest = changed;
      registration.setInterest(changed);
    }
  }

  /** Ends the watch for good; the descriptor stays open. */
  void unwatch() {
    registration.close();
  }

  /** Bytes received, 0 at the end, or {@code -errno}. */
  long receive(MemorySegment buffer, long byteOffset, long byteCount) {
    return Sockets.receive(fd, buffer, byteOffset, byteCount);
  }

  /** Bytes taken, or {@code -errno}. */
  long send(MemorySegment buffer, long byteOffset, long byteCount) {
    return Sockets.send(fd, buffer, byteOffset, byteCount);
  }

  /** The error that the connection attempt left: 0 or a positive errno. */
  int pendingError() {
    return Sockets.pendingError(fd);
  }

  @Override
  public void close() {
    registration.close();
    descriptor.close();
  }
}
