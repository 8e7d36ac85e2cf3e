package dev.aeon.sp.transport.stream;

import dev.aeon.sp.transport.TlsProperties;
import dev.aeon.sp.transport.shm.OutgoingBlocks;
import dev.aeon.sp.wire.LentBodies;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Bytes both ways over one connection, plain or ciphered. Methods are called with the strand held
 * and do not block: where one would, it returns {@code -EAGAIN}.
 */
public interface ByteStream extends AutoCloseable {
  /** There is no place for a body but the stream itself. */
  long NO_PLACE = OutgoingBlocks.NOWHERE;

  /** Watches for {@code event} (bits of {@link dev.aeon.bindings.posix.Poller}), or no longer. */
  void watch(int event, boolean wanted);

  /** Ends the watch for good; the connection stays open. */
  void unwatch();

  /** Bytes received, 0 at the end, or {@code -errno}. */
  long receive(MemorySegment buffer, long byteOffset, long byteCount) throws StreamException;

  /** Bytes taken, or {@code -errno}. What was taken may wait for {@link #flush}. */
  long send(MemorySegment buffer, long byteOffset, long byteCount) throws StreamException;

  /** As {@link #send}, of a greeting's bytes: also lets a peer that can know what this side is. */
  default long sendGreeting(MemorySegment buffer, long byteOffset, long byteCount)
      throws StreamException {
    return send(buffer, byteOffset, byteCount);
  }

  /** As {@link #receive}, of a greeting's bytes: also notes what the peer lets this side know. */
  default long receiveGreeting(MemorySegment buffer, long byteOffset, long byteCount)
      throws StreamException {
    return receive(buffer, byteOffset, byteCount);
  }

  /** The greetings are complete: from now on the stream may take another way. */
  default void greeted() throws StreamException {}

  /**
   * What readiness of the descriptor means to who is above.
   *
   * @param events bits of {@link dev.aeon.bindings.posix.Poller}
   */
  default int ready(int events) {
    return events;
  }

  /** Whether the greeting told that the peer is this implementation. */
  default boolean isPeerExtended() {
    return false;
  }

  /**
   * Copies a large body to memory that the peer sees as well.
   *
   * @return what to send instead of it, or {@link #NO_PLACE}: there is none, or none just now
   */
  default long place(MemorySegment buffer, long byteOffset, long byteCount) {
    return NO_PLACE;
  }

  /** Where the peer puts such bodies; null where it cannot. After {@link #greeted}. */
  default @Nullable LentBodies lentBodies() {
    return null;
  }

  /** Passes on what was taken: 0 when nothing is left, or {@code -errno}. */
  long flush() throws StreamException;

  /** Whether bytes may be received that no readiness of the descriptor will tell of. */
  boolean isMoreBuffered();

  /** What TLS negotiated, once it has; null on a plain connection. */
  @Nullable TlsProperties tls();

  @Override
  void close();
}
