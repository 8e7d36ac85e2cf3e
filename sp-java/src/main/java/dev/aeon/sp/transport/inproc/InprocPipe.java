package dev.aeon.sp.transport.inproc;

import dev.aeon.sp.transport.CloseReason;
import dev.aeon.sp.transport.PeerProperties;
import dev.aeon.sp.transport.PipeEvents;
import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.TransportPipe;
import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One end of a pair. Each end lives in its own socket's strand; what it tells the other goes into
 * the other's mailbox, in order, and is taken from there once this strand is left. A packet counts
 * as transmitted when the other side has taken it, so that nothing is buffered between.
 */
final class InprocPipe implements TransportPipe {
  /** What is told besides packets. */
  private enum Signal {
    TAKEN,
    CLOSED
  }

  private final PipeHost host;
  private final String address;
  private final Runnable drain = this::drain;
  private final ArrayDeque<Object> mailbox = new ArrayDeque<>();
  private @Nullable PipeEvents events;
  private @Nullable InprocPipe peer;
  private @Nullable Packet arrived;
  private boolean wanted;
  private boolean peerGone;
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
    if (closed) {
      host.strand().afterUnlock(() -> other.post(Signal.CLOSED));
      host.strand().afterUnlock(other.drain);
      return;
    }
    peer = other;
    ProtocolNumber number = other.host.protocol();
    if (number != host.protocol().peer()) {
      closeSelf(CloseReason.WRONG_PROTOCOL, "peer protocol does not match: peer=" + number);
    } else {
      events().opened();
      host.strand().afterUnlock(drain);
    }
  }

  @Override
  public void transmit(Packet packet) {
    tell(packet);
  }

  @Override
  public void receiveNext() {
    wanted = true;
    deliver();
  }

  private void deliver() {
    Packet packet = arrived;
    if (packet == null || !wanted || closed) {
      return;
    }
    arrived = null;
    wanted = false;
    tell(Signal.TAKEN);
    events().received(owned(packet));
    if (peerGone) {
      peerClosed();
    }
  }

  /** A packet that only this side owns, as if it came off a wire. */
  private static Packet owned(Packet packet) {
    if (!packet.isShared()) {
      packet.becomeReceived();
      return packet;
    }
    Packet copy = packet.copyAsReceived();
    packet.release();
    return copy;
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
      tell(Signal.CLOSED);
      discard();
    }
  }

  private void closeSelf(CloseReason reason, String detail) {
    if (!closed) {
      close();
      events().closed(reason, detail);
    }
  }

  private void discard() {
    if (arrived != null) {
      arrived.release();
      arrived = null;
    }
    synchronized (mailbox) {
      mailbox.forEach(InprocPipe::releaseIfPacket);
      mailbox.clear();
    }
  }

  private static void releaseIfPacket(Object item) {
    if (item instanceof Packet packet) {
      packet.release();
    }
  }

  private void tell(Object item) {
    if (peer != null) {
      peer.post(item);
      host.strand().afterUnlock(peer.drain);
    }
  }

  private void post(Object item) {
    synchronized (mailbox) {
      mailbox.add(item);
    }
  }

  private @Nullable Object next() {
    synchronized (mailbox) {
      return mailbox.poll();
    }
  }

  /** Takes what the other end told, once both ends have met. Called with no strand held. */
  private void drain() {
    host.strand().lock();
    try {
      if (closed) {
        discard();
        return;
      }
      if (peer == null) {
        return;
      }
      for (Object item = next(); item != null; item = next()) {
        take(item);
      }
    } finally {
      host.strand().unlock();
    }
  }

  private void take(Object item) {
    if (item instanceof Packet packet) {
      arrived = packet;
      deliver();
    } else if (item == Signal.TAKEN) {
      events().transmitted();
    } else {
      peerClosed();
    }
  }

  /** A packet that has arrived is delivered before the end is told. */
  private void peerClosed() {
    peerGone = true;
    if (arrived == null) {
      closeSelf(CloseReason.PEER_CLOSED, "inproc peer closed");
    }
  }
}
