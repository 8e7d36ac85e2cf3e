package dev.aeon.checks.bench.messaging;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** A socket of libnng. */
final class NngEndpoint implements Endpoint {
  private static final CLibrary NNG = new CLibrary("libnng.so.1");
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

  private static final MethodHandle SET_SIZE =
      NNG.function("nng_socket_set_size", JAVA_INT, SOCKET, ADDRESS, JAVA_LONG);
  private static final MethodHandle SET =
      NNG.function("nng_socket_set", JAVA_INT, SOCKET, ADDRESS, ADDRESS, JAVA_LONG);

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment socket = arena.allocate(SOCKET);
  private final MemorySegment buffer = arena.allocate(MAX_BODY_BYTE_SIZE);
  private final MemorySegment length = arena.allocate(JAVA_LONG);

  NngEndpoint(Role role) {
    try {
      MethodHandle open = NNG.function(role.nngOpen, JAVA_INT, ADDRESS);
      NNG.check(role.nngOpen, (int) open.invokeExact(socket) == 0);
      int unlimited = (int) SET_SIZE.invokeExact(socket, text("recv-size-max"), 0L);
      NNG.check("nng_socket_set_size", unlimited == 0);
      if (role == Role.SUB) {
        int result = (int) SET.invokeExact(socket, text("sub:subscribe"), buffer, 0L);
        NNG.check("nng_socket_set", result == 0);
      }
    } catch (Throwable e) {
      throw NNG.failed(role.nngOpen, e);
    }
  }

  @Override
  public void listen(String url) {
    try {
      int result = (int) LISTEN.invokeExact(socket, text(url), MemorySegment.NULL, 0);
      NNG.check("nng_listen", result == 0);
    } catch (Throwable e) {
      throw NNG.failed("nng_listen", e);
    }
  }

  @Override
  public void dial(String url) {
    try {
      int result = (int) DIAL.invokeExact(socket, text(url), MemorySegment.NULL, NONBLOCKING);
      NNG.check("nng_dial", result == 0);
    } catch (Throwable e) {
      throw NNG.failed("nng_dial", e);
    }
  }

  private MemorySegment text(String text) {
    return arena.allocateFrom(text);
  }

  @Override
  public void send(int byteSize) {
    try {
      NNG.check("nng_send", (int) SEND.invokeExact(socket, buffer, (long) byteSize, 0) == 0);
    } catch (Throwable e) {
      throw NNG.failed("nng_send", e);
    }
  }

  @Override
  public int receive() {
    try {
      length.set(JAVA_LONG, 0, buffer.byteSize());
      NNG.check("nng_recv", (int) RECEIVE.invokeExact(socket, buffer, length, 0) == 0);
      return (int) length.get(JAVA_LONG, 0);
    } catch (Throwable e) {
      throw NNG.failed("nng_recv", e);
    }
  }

  @Override
  public void close() {
    try {
      NNG.check("nng_close", (int) CLOSE.invokeExact(socket) == 0);
    } catch (Throwable e) {
      throw NNG.failed("nng_close", e);
    }
  }
}
