package dev.aeon.sp.core;

import dev.aeon.sp.protocol.PipeFault;
import dev.aeon.sp.protocol.PipeHandle;
import dev.aeon.sp.transport.CloseReason;
import dev.aeon.sp.transport.PeerProperties;
import dev.aeon.sp.transport.PipeEvents;
import dev.aeon.sp.transport.TransportPipe;
import dev.aeon.sp.wire.Packet;
import org.jspecify.annotations.Nullable;

/**
 * One pipe between its machine and its transport. What the machine asks for is kept until the
 * machine has returned, then done by {@link #settle}. Confined to the socket's strand.
 */
public final class CorePipe implements PipeHandle, PipeEvents {
  private enum State {
    CONNECTING,
    /** Connected, and not yet admitted by who watches pipes. */
    ASKING,
    OPEN,
    CLOSED
  }

  private final SocketCore core;
  private final CoreEndpoint endpoint;
  private final TransportPipe transport;
  private final int id;
  private final PipeCounters counters = new PipeCounters();
  private State state = State.CONNECTING;
  private long openedNanos;
  private @Nullable Packet outgoing;
  private boolean transmitting;
  private boolean wantsNext;
  private boolean unsettled;

  /** Of the socket's. */
  @Nullable CorePipe nextUnsettled;

  private @Nullable PipeFault fault;

  CorePipe(SocketCore core, CoreEndpoint endpoint, TransportPipe transport, int id) {
    this.core = core;
    this.endpoint = endpoint;
    this.transport = transport;
    this.id = id;
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public int priority() {
    return endpoint.options().priority;
  }

  @Override
  public boolean isExtended() {
    return transport.isExtended();
  }

  /** Who made the pipe. */
  public CoreEndpoint endpoint() {
    return endpoint;
  }

  /** Once connected. */
  public PeerProperties properties() {
    return transport.properties();
  }

  public PipeCounters counters() {
    return counters;
  }

  boolean isConnected() {
    return state == State.OPEN || state == State.ASKING;
  }

  /** Whether the peer, or the kernel for it, has all that was transmitted. */
  boolean isDelivered() {
    return transport.isDelivered();
  }

  /** How long it has carried messages. */
  long openNanos(long nowNanos) {
    return openedNanos == 0 ? 0 : nowNanos - openedNanos;
  }

  void transmit(Packet packet) {
    if (state != State.OPEN) {
      packet.release();
      return;
    }
    if (outgoing != null) {
      throw new IllegalStateException("pipe is still transmitting: pipe=" + id);
    }
    outgoing = packet;
    needSettling();
  }

  boolean transmitAtOnce(Packet packet) {
    long byteSize = packet.byteSize();
    if (state != State.OPEN || outgoing != null || !transport.transmitAtOnce(packet)) {
      return false;
    }
    countSent(byteSize);
    return true;
  }

  @Nullable Packet readAtOnce() {
    Packet packet = state == State.OPEN && !wantsNext ? transport.readAtOnce() : null;
    if (packet != null) {
      countReceived(packet);
    }
    return packet;
  }

  @Nullable Packet takeAwaited() {
    Packet packet = state == State.OPEN && !wantsNext ? transport.takeAwaited() : null;
    if (packet != null) {
      countReceived(packet);
      if (transport.hasMoreArrived()) {
        receiveNext();
      }
    }
    return packet;
  }

  void receiveNext() {
    wantsNext = true;
    needSettling();
  }

  void closeFor(PipeFault cause) {
    fault = cause;
    needSettling();
  }

  void dropped() {
    counters.dropped++;
  }

  /** Notes how many messages wait for this pipe, and tells where that crosses a mark. */
  void queued(int count) {
    counters.queued = count;
    CoreSettings settings = endpoint.options();
    if (!counters.aboveHighWater && count >= settings.highWaterCount) {
      counters.aboveHighWater = true;
      core.watchers().highWater(this);
    } else if (counters.aboveHighWater && count <= settings.lowWaterCount) {
      counters.aboveHighWater = false;
      core.watchers().lowWater(this);
    }
  }

  private void needSettling() {
    if (!unsettled) {
      unsettled = true;
      core.needsSettling(this);
    }
  }

  /** Does what the machine asked for. */
  void settle() {
    unsettled = false;
    if (fault != null && state != State.CLOSED) {
      close(reasonOf(fault), "pipe=" + id);
    }
    if (outgoing != null && state == State.OPEN) {
      transmitNow(outgoing);
    }
    if (wantsNext && state == State.OPEN) {
      wantsNext = false;
      transport.receiveNext();
    }
  }

  private void transmitNow(Packet packet) {
    outgoing = null;
    countSent(packet.byteSize());
    transmitting = true;
    transport.transmit(packet);
    if (transmitting) {
      counters.blocked++;
    }
  }

  private void countSent(long byteSize) {
    core.counters().sent++;
    counters.sent++;
    counters.sentBytes += byteSize;
  }

  private static CloseReason reasonOf(PipeFault fault) {
    return switch (fault) {
      case MALFORMED_HEADER -> CloseReason.MALFORMED_HEADER;
      case UNEXPECTED_MESSAGE -> CloseReason.UNEXPECTED_MESSAGE;
      case REFUSED -> CloseReason.REFUSED;
      case ENDED -> CloseReason.PEER_CLOSED;
    };
  }

  @Override
  public void opened() {
    if (core.watchers().areNone()) {
      admit();
    } else {
      state = State.ASKING;
      core.watchers().ask(this);
    }
  }

  /** The verdict of who watches pipes; comes with the strand held. */
  void decided(boolean admitted) {
    if (state != State.ASKING) {
      return;
    }
    if (admitted) {
      admit();
    } else {
      close(CloseReason.REFUSED, "refused by the application: pipe=" + id);
    }
  }

  private void admit() {
    state = State.OPEN;
    openedNanos = core.nanoTime();
    core.counters().pipesOpened++;
    core.counters().openPipeCount++;
    endpoint.pipeOpened(this);
    core.machine().attach(this, core.machineNanos());
    core.watchers().added(this);
  }

  @Override
  public void received(Packet packet) {
    countReceived(packet);
    core.machine().received(this, packet, core.receiveNanos());
  }

  private void countReceived(Packet packet) {
    core.counters().received++;
    counters.received++;
    counters.receivedBytes += packet.byteSize();
    packet.setPipeId(id);
  }

  @Override
  public void transmitted() {
    transmitting = false;
    core.machine().transmitted(this, core.machineNanos());
  }

  @Override
  public void inputEnded() {
    if (state == State.OPEN) {
      core.machine().inputEnded(this);
    } else {
      close(CloseReason.PEER_CLOSED, "peer closed: pipe=" + id);
    }
  }

  @Override
  public void closed(CloseReason reason, String detail) {
    if (state != State.CLOSED) {
      gone(reason, detail);
    }
  }

  /** Closes the connection from this side. Idempotent. */
  public void close(CloseReason reason, String detail) {
    if (state != State.CLOSED) {
      transport.close();
      gone(reason, detail);
    }
  }

  private void gone(CloseReason reason, String detail) {
    State before = state;
    state = State.CLOSED;
    if (outgoing != null) {
      outgoing.release();
      outgoing = null;
    }
    if (before == State.OPEN) {
      core.counters().openPipeCount--;
      detach();
      core.watchers().removed(this, reason);
    }
    core.pipeGone(this, reason, detail);
    endpoint.pipeGone(this, reason, detail);
  }

  private void detach() {
    if (!core.isClosed()) {
      core.machine().detach(this, core.machineNanos());
    }
  }
}
