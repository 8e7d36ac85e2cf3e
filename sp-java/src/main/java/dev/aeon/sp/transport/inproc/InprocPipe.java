package dev.aeon.sp.transport.inproc;

import dev.aeon.sp.transport.CloseReason;
import dev.aeon.sp.transport.PeerProperties;
import dev.aeon.sp.transport.PipeEvents;
import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.TransportPipe;
import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One end of a pair. Each end lives in its own socket's strand and puts packets into the other's
 * queue. It enters the other's strand, once it has left its own, only if the other end said before
 * that it waits: for a packet, or for room.
 *
 * <p>Whoever is about to wait says so, then looks once more; whoever brings something looks for
 * that afterwards. So one of the two always sees the other, and neither waits in vain. A thread
 * that spins for its socket looks at the queues itself, and nobody needs to enter its strand.
 */
final class InprocPipe implements TransportPipe, Reactor.Memory {
  private final PipeHost host;
  private final String address;
  private final Runnable look = this::look;
  private final Runnable passOnHeld = this::passOnHeld;
  private final HeldPackets held = new HeldPackets();
  private final PacketQueue incoming = new PacketQueue();
  private final PacketQueue.Polling arrived = incoming.polling();
  private PacketQueue.@Nullable Offering outgoing;
  private Reactor.@Nullable MemoryWatch memoryWatch;
  private boolean polled;
  private @Nullable PipeEvents events;
  private @Nullable InprocPipe peer;
  private boolean wanted;
  private boolean transmitting;
  private boolean holding;
  private boolean waitsForRoom;
  private boolean closed;

  InprocPipe(PipeHost host, String name) {
    this.host = host;
    this.address = "inproc://" + name;
  }

  /** Announces this end. Called with the strand held. */
  void begin() {
    events = host.announce(this);
  }

  private PipeEvents events() {
    return Objects.requireNonNull(events, "pipe has not begun");
  }

  /** The listener's verdict, null for a refusal. Called with no strand held. */
  void answer(@Nullable InprocPipe accepted) {
    host.strand().lock();
    try {
      if (accepted == null) {
        closeSelf(CloseReason.CONNECT_FAILED, "inproc listener has closed");
      } else {
        join(accepted);
      }
    } finally {
      host.strand().unlock();
    }
  }

  /** Meets the other end. Called with the strand held. */
  void join(InprocPipe other) {
    peer = other;
    outgoing = other.incoming.offering();
    ProtocolNumber number = other.host.protocol();
    if (closed) {
      tellGone();
    } else if (number != host.protocol().peer()) {
      closeSelf(CloseReason.WRONG_PROTOCOL, "peer protocol does not match: peer=" + number);
    } else {
      memoryWatch = host.reactor().register(host.strand(), this);
      events().opened();
      host.strand().afterUnlock(look);
    }
  }

  private PacketQueue.Offering outgoing() {
    return Objects.requireNonNull(outgoing, "pipe has not opened");
  }

  @Override
  public boolean transmitAtOnce(Packet packet) {
    boolean isHeld = host.burst().isOn() && held.holdUnfilled(packet);
    if (isHeld) {
      passOnSoon();
    }
    return isHeld;
  }

  @Override
  public void transmit(Packet packet) {
    boolean isHeld = host.burst().isOn() && held.hold(packet);
    if (isHeld && !held.isFull()) {
      transmitLater();
      return;
    }
    if (!isHeld) {
      held.begin(packet);
    }
    transmitting = true;
    passOn();
  }

  private void transmitLater() {
    passOnSoon();
    events().transmitted();
  }

  private void passOnSoon() {
    if (!holding) {
      holding = true;
      host.reactor().holdBack(host.strand(), passOnHeld);
    }
  }

  private void passOnHeld() {
    holding = false;
    if (!closed) {
      passOn();
    }
  }

  private void passOn() {
    PacketQueue.Offering queue = outgoing();
    if (held.moveTo(queue)) {
      tellPeer(queue);
    }
    if (!held.isEmpty() && !polled) {
      awaitRoom(queue);
    }
    waitsForRoom = !held.isEmpty();
    if (transmitting && !waitsForRoom) {
      transmitting = false;
      events().transmitted();
    }
  }

  private void awaitRoom(PacketQueue.Offering queue) {
    queue.setWaits(true);
    if (held.moveTo(queue)) {
      tellPeer(queue);
    }
    if (held.isEmpty()) {
      queue.setWaits(false);
    }
  }

  private void tellPeer(PacketQueue.Offering queue) {
    if (queue.takePollingWaits()) {
      wakePeer();
    }
  }

  private void wakePeer() {
    host.strand().afterUnlock(Objects.requireNonNull(peer).look);
  }

  @Override
  public void receiveNext() {
    wanted = true;
    deliver();
  }

  @Override
  public @Nullable Packet readAtOnce() {
    Packet packet = wanted ? null : arrived.poll();
    if (packet != null) {
      arrives();
    }
    return packet;
  }

  private void arrives() {
    if (arrived.takeOfferingWaits()) {
      wakePeer();
    }
    host.burst().end();
  }

  private void deliver() {
    if (!wanted || closed) {
      return;
    }
    Packet packet = arrived.poll();
    if (packet == null) {
      packet = foundEmpty();
    }
    if (packet != null) {
      wanted = false;
      arrives();
      events().received(packet);
    }
    closeIfEnded();
  }

  private @Nullable Packet foundEmpty() {
    if (arrived.takeOfferingWaitsAtEnd()) {
      wakePeer();
    }
    if (polled) {
      return null;
    }
    arrived.setWaits(true);
    Packet packet = arrived.poll();
    if (packet != null) {
      arrived.setWaits(false);
    }
    return packet;
  }

  @Override
  public PeerProperties properties() {
    return PeerProperties.ofAddresses(address, address);
  }

  @Override
  public boolean isExtended() {
    return true;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      if (memoryWatch != null) {
        memoryWatch.close();
      }
      if (outgoing != null) {
        held.leaveTo(outgoing);
      }
      held.releaseAll();
      tellGone();
      discard();
    }
  }

  private void tellGone() {
    if (outgoing != null) {
      outgoing.end();
      wakePeer();
    }
  }

  private void closeSelf(CloseReason reason, String detail) {
    if (!closed) {
      close();
      events().closed(reason, detail);
    }
  }

  private void discard() {
    for (Packet packet = arrived.poll(); packet != null; packet = arrived.poll()) {
      packet.release();
    }
  }

  /** Sees what the other end has brought or taken. Called with no strand held. */
  private void look() {
    host.strand().lock();
    try {
      becomeReady();
    } finally {
      host.strand().unlock();
    }
  }

  /** A stale answer costs one look more. */
  @Override
  public boolean isReady() {
    PacketQueue.Offering queue = outgoing;
    return !closed
        && queue != null
        && ((wanted && !arrived.isEmpty())
            || (waitsForRoom && held.hasMuchRoomIn(queue))
            || (arrived.isEnding() && arrived.isEmpty()));
  }

  @Override
  public void becomeReady() {
    PacketQueue.Offering queue = outgoing;
    if (closed) {
      discard();
    } else if (queue != null) {
      deliver();
      if (waitsForRoom && !closed) {
        passOn();
      }
      closeIfEnded();
    }
  }

  @Override
  public void pollingBegins() {
    polled = true;
    arrived.setWaits(false);
    outgoing().setWaits(false);
  }

  @Override
  public void pollingEnds() {
    polled = false;
    becomeReady();
  }

  /** Packets that have arrived are delivered before the end is told. */
  private void closeIfEnded() {
    if (arrived.isEnding() && arrived.isEmpty()) {
      closeSelf(CloseReason.PEER_CLOSED, "inproc peer closed");
    }
  }
}
