package dev.aeon.sp.core;

import dev.aeon.sp.transport.CloseReason;
import dev.aeon.sp.transport.PipeEvents;
import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;
import dev.aeon.sp.transport.TransportPipe;
import dev.aeon.sp.transport.TransportSettings;
import dev.aeon.sp.wire.ProtocolNumber;
import java.util.ArrayList;
import java.util.List;

/** A listener or a dialer of a socket, and the pipes it made. Confined to the socket's strand. */
public abstract sealed class CoreEndpoint implements PipeHost, AutoCloseable
    permits CoreListener, CoreDialer {
  final SocketCore core;
  private final List<CorePipe> pipes = new ArrayList<>();
  private boolean closed;

  CoreEndpoint(SocketCore core) {
    this.core = core;
  }

  final boolean isClosed() {
    return closed;
  }

  /** Closes the endpoint and its pipes. Idempotent, thread-safe. */
  @Override
  public final void close() {
    core.lock();
    try {
      closeLocked();
    } finally {
      core.unlock();
    }
  }

  final void closeLocked() {
    if (closed) {
      return;
    }
    closed = true;
    stop();
    List.copyOf(pipes).forEach(pipe -> pipe.close(CloseReason.LOCAL, "endpoint closed"));
    core.endpointClosed(this);
  }

  /** Ends the search for new pipes. */
  abstract void stop();

  void pipeOpened() {}

  void pipeGone(CorePipe pipe) {
    pipes.remove(pipe);
  }

  @Override
  public final PipeEvents announce(TransportPipe transport) {
    CorePipe pipe = core.newPipe(this, transport);
    pipes.add(pipe);
    return pipe;
  }

  @Override
  public final Strand strand() {
    return core;
  }

  @Override
  public final Reactor reactor() {
    return core.reactor();
  }

  @Override
  public final ProtocolNumber protocol() {
    return core.machine().number();
  }

  @Override
  public final TransportSettings settings() {
    return core.settings().forTransport();
  }
}
