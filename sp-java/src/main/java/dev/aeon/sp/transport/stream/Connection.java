package dev.aeon.sp.transport.stream;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.posix.Sockets;
import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.TlsProperties;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A descriptor and what it is watched for: plain bytes. Confined to its strand. */
final class Connection implements ByteStream {
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

  @Override
  public void watch(int event, boolean wanted) {
    int changed = wanted ? interest | event : interest & ~event;
    if (changed != interest) {
      interest = changed;
      registration.setInterest(changed);
    }
  }

  @Override
  public void unwatch() {
    registration.close();
  }

  @Override
  public long receive(MemorySegment buffer, long byteOffset, long byteCount) {
    return Sockets.receive(fd, buffer, byteOffset, byteCount);
  }

  @Override
  public long send(MemorySegment buffer, long byteOffset, long byteCount) {
    return Sockets.send(fd, buffer, byteOffset, byteCount);
  }

  @Override
  public long flush() {
    return 0;
  }

  @Override
  public boolean isMoreBuffered() {
    return false;
  }

  @Override
  public @Nullable TlsProperties tls() {
    return null;
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
