package dev.aeon.sp.core;

import dev.aeon.sp.protocol.PipeFault;
import dev.aeon.sp.protocol.PipeHandle;
import dev.aeon.sp.transport.CloseReason;
import dev.aeon.sp.transport.PipeEvents;
import dev.aeon.sp.transport.TransportPipe;
import dev.aeon.sp.wire.Packet;
import org.jspecify.annotations.Nullable;

/**
 * One pipe between its machine and its transport. What the machine asks for is kept until the
 * machine has returned, then done by {@link #settle}. Confined to the socket's strand.
 */
final class CorePipe implements PipeHandle, PipeEvents {
  private enum State {
    CONNECTING,
    OPEN,
    CLOSED
  }

  private final SocketCore core;
  private final CoreEndpoint endpoint;
  private final TransportPipe transport;
  private final int id;
  private State state = State.CONNECTING;
  private @Nullable Packet outgoing;
  private boolean wantsNext;
  private boolean unsettled;
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

  void receiveNext() {
    wantsNext = true;
    needSettling();
  }

  void closeFor(PipeFault cause) {
    fault = cause;
    needSettling();
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
    core.counters().sent++;
    transport.transmit(packet);
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
    state = State.OPEN;
    core.counters().pipesOpened++;
    core.counters().openPipeCount++;
    endpoint.pipeOpened();
    core.machine().attach(this, core.nanoTime());
  }

  @Override
  public void received(Packet packet) {
    core.counters().received++;
    packet.setPipeId(id);
    core.machine().received(this, packet, core.nanoTime());
  }

  @Override
  public void transmitted() {
    core.machine().transmitted(this, core.nanoTime());
  }

  @Override
  public void inputEnded() {
    core.machine().inputEnded(this);
  }

  @Override
  public void closed(CloseReason reason, String detail) {
    if (state != State.CLOSED) {
      gone(reason, detail);
    }
  }

  /** Closes the connection from this side. */
  void close(CloseReason reason, String detail) {
    if (state != State.CLOSED) {
      transport.close();
      gone(reason, detail);
    }
  }

  private void gone(CloseReason reason, String detail) {
    boolean wasOpen = state == State.OPEN;
    state = State.CLOSED;
    if (outgoing != null) {
      outgoing.release();
      outgoing = null;
    }
    if (wasOpen) {
      core.counters().openPipeCount--;
      detach();
    }
    core.pipeGone(this, reason, detail);
    endpoint.pipeGone(this);
  }

  private void detach() {
    if (!core.isClosed()) {
      core.machine().detach(this, core.nanoTime());
    }
  }
}
