package dev.aeon.sp.core;

import dev.aeon.sp.transport.Burst;
import dev.aeon.sp.transport.CloseReason;
import dev.aeon.sp.transport.PipeEvents;
import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;
import dev.aeon.sp.transport.TransportPipe;
import dev.aeon.sp.transport.TransportSettings;
import dev.aeon.sp.wire.ProtocolNumber;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A listener or a dialer of a socket, and the pipes it made. Confined to the socket's strand. */
public abstract sealed class CoreEndpoint implements PipeHost, AutoCloseable
    permits CoreListener, CoreDialer {
  private static final AtomicInteger LAST_ID = new AtomicInteger();

  final SocketCore core;
  private final int id = LAST_ID.incrementAndGet();
  private final CoreSettings settings;
  private final List<CorePipe> pipes = new ArrayList<>();
  private final Map<CloseReason, Long> closes = new EnumMap<>(CloseReason.class);
  private long pipesOpened;
  private boolean started;
  private boolean closed;

  /** Takes the socket's settings as they are now. */
  CoreEndpoint(SocketCore core) {
    this.core = core;
    this.settings = core.settings().copy();
  }

  /** Unique in the process, from 1. */
  public final int id() {
    return id;
  }

  /** What this endpoint's pipes are made with; to be changed with the strand held. */
  public final CoreSettings options() {
    return settings;
  }

  final boolean isClosed() {
    return closed;
  }

  /** Whether {@link #start} was called and did not fail. */
  public final boolean isStarted() {
    return started;
  }

  /**
   * Begins to make pipes.
   *
   * @throws IllegalStateException if it was started or closed before
   */
  final void start() {
    if (started || closed) {
      throw new IllegalStateException("endpoint was started or closed before: id=" + id);
    }
    begin();
    started = true;
  }

  abstract void begin();

  /** Closes the endpoint and its pipes, once they have lingered. Idempotent, thread-safe. */
  @Override
  public final void close() {
    core.linger(List.of(this));
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

  void pipeOpened(CorePipe pipe) {
    pipesOpened++;
  }

  void pipeGone(CorePipe pipe, CloseReason reason, String detail) {
    pipes.remove(pipe);
    failed(reason);
  }

  final void failed(CloseReason reason) {
    closes.merge(reason, 1L, Long::sum);
  }

  /** The URL that it is for, as bound where it is. */
  public abstract String url();

  /** Pipes that are connected. */
  public final List<CorePipe> pipes() {
    return pipes.stream().filter(CorePipe::isConnected).toList();
  }

  /** Pipes that ever carried messages. */
  public final long pipesOpened() {
    return pipesOpened;
  }

  /** Connections and attempts that ended, by reason. */
  public final Map<CloseReason, Long> closesByReason() {
    return Map.copyOf(closes);
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
  public final Burst burst() {
    return core.burst();
  }

  @Override
  public final ProtocolNumber protocol() {
    return core.machine().number();
  }

  @Override
  public final TransportSettings settings() {
    return settings.forTransport();
  }
}
