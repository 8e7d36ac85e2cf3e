package dev.aeon.checks.interop;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** A socket of libnng. */
final class NngPeer implements Peer {
  private static final CLibrary NNG = new CLibrary("libnng.so.1", "libnng1 (libnng-dev)");
  private static final MemoryLayout SOCKET = MemoryLayout.structLayout(JAVA_INT.withName("id"));
  private static final int NONBLOCKING = 2;

  private static final MethodHandle CLOSE = NNG.function("nng_close", JAVA_INT, SOCKET);
  private static final MethodHandle LISTEN =
      NNG.function("nng_listen", JAVA_INT, SOCKET, ADDRESS, ADDRESS, JAVA_INT);
  private static final MethodHandle DIAL =
      NNG.function("nng_dial", JAVA_INT, SOCKET, ADDRESS, ADDRESS, JAVA_INT);
  private static final MethodHandle SEND =
      NNG.function("nng_send", JAVA_INT, SOCKET, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle RECEIVE =
      NNG.function("nng_recv", JAVA_INT, SOCKET, ADDRESS, ADDRESS, JAVA_INT);
  private static final MethodHandle SET_MILLIS =
      NNG.function("nng_socket_set_ms", JAVA_INT, SOCKET, ADDRESS, JAVA_INT);
  private static final MethodHandle SET =
      NNG.function("nng_socket_set", JAVA_INT, SOCKET, ADDRESS, ADDRESS, JAVA_LONG);
  private static final MethodHandle MESSAGE_OF = NNG.function("nng_strerror", ADDRESS, JAVA_INT);

  private final Arena arena = Arena.ofShared();
  private final MemorySegment socket = arena.allocate(SOCKET);
  private final MemorySegment buffer = arena.allocate(MAX_MESSAGE_BYTES);

  NngPeer(Pattern pattern) {
    try {
      check((int) NNG.function(pattern.nngOpen, JAVA_INT, ADDRESS).invokeExact(socket));
      setMillis("send-timeout", TIMEOUT_MILLIS);
      setMillis("reconnect-time-min", 10);
      setMillis("reconnect-time-max", 50);
      if (pattern == Pattern.SUB) {
        check((int) SET.invokeExact(socket, text("sub:subscribe"), MemorySegment.NULL, 0L));
      }
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  @Override
  public void listen(String url) {
    try {
      check((int) LISTEN.invokeExact(socket, text(url), MemorySegment.NULL, 0));
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  @Override
  public void dial(String url) {
    try {
      check((int) DIAL.invokeExact(socket, text(url), MemorySegment.NULL, NONBLOCKING));
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  @Override
  public void send(byte[] body) {
    try {
      MemorySegment.copy(body, 0, buffer, JAVA_BYTE, 0, body.length);
      check((int) SEND.invokeExact(socket, buffer, (long) body.length, 0));
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  @Override
  public byte[] receive(int timeoutMillis) {
    try (Arena call = Arena.ofConfined()) {
      setMillis("recv-timeout", timeoutMillis);
      MemorySegment length = call.allocateFrom(JAVA_LONG, buffer.byteSize());
      check((int) RECEIVE.invokeExact(socket, buffer, length, 0));
      return buffer.asSlice(0, length.get(JAVA_LONG, 0)).toArray(JAVA_BYTE);
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  private void setMillis(String option, int millis) {
    try {
      check((int) SET_MILLIS.invokeExact(socket, text(option), millis));
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  private MemorySegment text(String text) {
    return arena.allocateFrom(text);
  }

  private static void check(int result) {
    if (result != 0) {
      try {
        MemorySegment message = (MemorySegment) MESSAGE_OF.invokeExact(result);
        throw new IllegalStateException("libnng: " + CLibrary.text(message));
      } catch (Throwable e) {
        throw CLibrary.unexpected(e);
      }
    }
  }

  @Override
  public void close() {
    try {
      check((int) CLOSE.invokeExact(socket));
      arena.close();
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }
}
