package dev.aeon.sp.transport;

import dev.aeon.sp.wire.Packet;

/** One connection, as its socket uses it. Called with the strand held; never blocks. */
public interface TransportPipe {
  /** Sends a packet, whose ownership passes; {@link PipeEvents#transmitted} follows. */
  void transmit(Packet packet);

  /** Reads one message; {@link PipeEvents#received} follows when there is one. */
  void receiveNext();

  /** What is known of the peer; from {@link PipeEvents#opened} on, and after the end too. */
  PeerProperties properties();

  /** Whether the other side is known to be this implementation; once connected. */
  default boolean isExtended() {
    return false;
  }

  /**
   * Whether all that was transmitted is the peer's, or the kernel's to deliver: a close before that
   * may lose it.
   */
  default boolean isDelivered() {
    return true;
  }

  /** Ends the connection at once, without an event. Idempotent. */
  void close();
}
