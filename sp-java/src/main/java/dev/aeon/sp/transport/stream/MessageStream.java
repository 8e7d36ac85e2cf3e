package dev.aeon.sp.transport.stream;

import dev.aeon.sp.wire.Packet;
import org.jspecify.annotations.Nullable;

/**
 * How packets travel over a {@link ByteStream}: an opening exchange, then packets both ways.
 * Methods are called with the strand held and do not block.
 */
public interface MessageStream extends AutoCloseable {
  /** How far the opening exchange got. */
  enum Progress {
    UNDERWAY,
    COMPLETE,
    /** The peer has left. */
    BROKEN
  }

  /** Goes on with the opening exchange as far as it can. Called until it is complete. */
  Progress open() throws StreamException;

  /** The next packet among the bytes that arrived, or null. */
  @Nullable Packet next() throws StreamException;

  /** Receives once: bytes, 0 at the end, or {@code -errno}. Comes after {@link #next} had none. */
  long receive() throws StreamException;

  /**
   * Receives once, and gives the next packet if that completed it. Comes after {@link #next} had
   * none; where it gives null as well, {@link #receive} has to tell why.
   */
  default @Nullable Packet receiveNext() throws StreamException {
    return receive() > 0 ? next() : null;
  }

  /** Whether another receive will likely find something. */
  boolean isMoreLikely();

  /** Whether part of a message has arrived. */
  boolean isMidMessage();

  /** All bytes that ever arrived. */
  long arrivedByteCount();

  /** Takes a packet to send, whose ownership passes; not while busy. */
  void begin(Packet packet);

  /**
   * Takes a copy of a small packet, which it releases, to go out with the next flush; false, and
   * nothing taken, if there is no room for it or none is held here.
   */
  default boolean hold(Packet packet) {
    return false;
  }

  /** Bytes held back by {@link #hold} and not out yet. */
  default long heldByteCount() {
    return 0;
  }

  /**
   * Sends what the connection takes, and watches it for the rest; {@code -errno} if it broke, else
   * 0.
   */
  long flush() throws StreamException;

  /** Whether something taken has not gone out yet. */
  boolean isBusy();

  /** What it travels over. */
  ByteStream bytes();

  /** Gives back what it holds; the byte stream under it is closed too. */
  @Override
  void close();
}
