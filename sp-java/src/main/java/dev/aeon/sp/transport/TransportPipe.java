package dev.aeon.sp.transport;

import dev.aeon.sp.wire.Packet;
import org.jspecify.annotations.Nullable;

/** One connection, as its socket uses it. Called with the strand held; never blocks. */
public interface TransportPipe {
  /** Sends a packet, whose ownership passes; {@link PipeEvents#transmitted} follows. */
  void transmit(Packet packet);

  /**
   * Sends a packet, whose ownership passes, if that lets another one follow at once; calls nobody
   * back. Else false, and nothing has happened.
   */
  default boolean transmitAtOnce(Packet packet) {
    return false;
  }

  /**
   * Reads one message that has already arrived, while none is asked for; calls nobody back. Null
   * where {@link #receiveNext} has to see to it.
   */
  default @Nullable Packet readAtOnce() {
    return null;
  }

  /**
   * The message that was asked for, if it has arrived and that can be told without a system call;
   * calls nobody back. It counts as asked for the one after that, of which {@link #receiveNext} has
   * to see to what {@linkplain #hasMoreArrived has arrived}. Null where {@link PipeEvents#received}
   * has to bring it.
   */
  default @Nullable Packet takeAwaited() {
    return null;
  }

  /** Whether bytes of the next message were received with those of the last. */
  default boolean hasMoreArrived() {
    return false;
  }

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
