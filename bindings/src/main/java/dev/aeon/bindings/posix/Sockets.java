package dev.aeon.bindings.posix;

import static dev.aeon.bindings.NativeLibrary.criticalHandle;

import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.NativeLibrary;
import dev.aeon.bindings.raw.Aeon;
import dev.aeon.bindings.raw.aeon_span;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Objects;

/**
 * The hot calls on stream sockets of any family. Each returns a number that is not negative, or
 * {@code -errno} ({@code -EAGAIN} where it would block); none allocates, blocks or throws for what
 * the peer does. Buffers are native memory. Thread-safe.
 */
public final class Sockets {
  /** The most pieces that {@link #sendVector} takes. */
  public static final int MAX_SPANS = 64;

  /** The size of one {@code aeon_span}: u64 address, u64 length. */
  public static final long SPAN_BYTES = aeon_span.sizeof();

  private static final MethodHandle RECEIVE;
  private static final MethodHandle SEND;
  private static final MethodHandle SEND_SPANS;

  static {
    NativeLibrary.ensureLoaded();
    RECEIVE =
        criticalHandle(Aeon.aeon_stream_receive$address(), Aeon.aeon_stream_receive$descriptor());
    SEND = criticalHandle(Aeon.aeon_stream_send$address(), Aeon.aeon_stream_send$descriptor());
    SEND_SPANS =
        criticalHandle(
            Aeon.aeon_stream_send_spans$address(), Aeon.aeon_stream_send_spans$descriptor());
  }

  private Sockets() {}

  /** Accepts a connection: its descriptor, or {@code -errno}. */
  public static int accept(int fd) {
    return Aeon.aeon_stream_accept(fd);
  }

  /**
   * Receives into {@code buffer[byteOffset, byteOffset + byteCount)}: the bytes received, 0 at the
   * peer's end, or {@code -errno}.
   *
   * @throws IndexOutOfBoundsException where the range is not inside the buffer
   */
  public static long receive(int fd, MemorySegment buffer, long byteOffset, long byteCount) {
    Objects.checkFromIndexSize(byteOffset, byteCount, buffer.byteSize());
    try {
      return (long) RECEIVE.invokeExact(fd, buffer, byteOffset, byteCount);
    } catch (Throwable e) {
      throw Downcalls.rethrow(e);
    }
  }

  /**
   * Sends {@code buffer[byteOffset, byteOffset + byteCount)}: the bytes taken, or {@code -errno}.
   *
   * @throws IndexOutOfBoundsException where the range is not inside the buffer
   */
  public static long send(int fd, MemorySegment buffer, long byteOffset, long byteCount) {
    Objects.checkFromIndexSize(byteOffset, byteCount, buffer.byteSize());
    try {
      return (long) SEND.invokeExact(fd, buffer, byteOffset, byteCount);
    } catch (Throwable e) {
      throw Downcalls.rethrow(e);
    }
  }

  /**
   * Sends {@code count} pieces in order: the bytes taken, or {@code -errno}.
   *
   * @param spans an array of {@code aeon_span}; the memory it names is native and alive
   * @throws IndexOutOfBoundsException where the array is shorter than {@code count} spans
   */
  public static long sendVector(int fd, MemorySegment spans, int count) {
    try {
      return (long) SEND_SPANS.invokeExact(fd, spans.asSlice(0, count * SPAN_BYTES), count);
    } catch (Throwable e) {
      throw Downcalls.rethrow(e);
    }
  }

  /** What a socket is that another program made. */
  public record Adopted(boolean isListening, boolean isUnix) {}

  /**
   * Prepares a stream socket that another program made: non-blocking and closed on exec. The
   * descriptor stays the caller's.
   *
   * @throws NativeCallException {@code EBADF}, {@code ENOTSOCK}, or {@code EPROTOTYPE} where it is
   *     no stream socket
   */
  public static Adopted adopt(int fd) {
    int kind =
        NativeCallException.check("aeon_stream_adopt", Aeon.aeon_stream_adopt(fd), "fd=" + fd);
    return new Adopted(
        (kind & Aeon.AEON_ADOPTED_LISTENING()) != 0, (kind & Aeon.AEON_ADOPTED_UNIX()) != 0);
  }

  /** Takes the error that a connection attempt or the peer left: 0, or a positive errno. */
  public static int pendingError(int fd) {
    return NativeCallException.check(
        "aeon_stream_pending_error", Aeon.aeon_stream_pending_error(fd), "fd=" + fd);
  }

  /** Ends the sending half: 0, or {@code -errno}. */
  public static int finishSending(int fd) {
    return Aeon.aeon_stream_finish_sending(fd);
  }
}
