package dev.aeon.checks.bench.messaging;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** A socket of libnanomsg. */
final class NanomsgEndpoint implements Endpoint {
  private static final CLibrary NANOMSG = new CLibrary("libnanomsg.so.5");
  private static final int AF_SP = 1;

  private static final MethodHandle SOCKET =
      NANOMSG.function("nn_socket", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle CLOSE = NANOMSG.function("nn_close", JAVA_INT, JAVA_INT);
  private static final MethodHandle BIND = NANOMSG.function("nn_bind", JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle CONNECT =
      NANOMSG.function("nn_connect", JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle SEND =
      NANOMSG.function("nn_send", JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle RECEIVE =
      NANOMSG.function("nn_recv", JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);

  private static final MethodHandle SET =
      NANOMSG.function("nn_setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final int SOCKET_LEVEL = 0;
  private static final int MAX_RECEIVE_SIZE = 16;
  private static final int SUBSCRIBE = 1;

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment buffer = arena.allocate(MAX_BODY_BYTE_SIZE);
  private final int socket;

  NanomsgEndpoint(Role role) {
    try {
      socket = (int) SOCKET.invokeExact(AF_SP, role.nanomsgProtocol);
      NANOMSG.check("nn_socket", socket >= 0);
      MemorySegment unlimited = arena.allocateFrom(JAVA_INT, -1);
      set(SOCKET_LEVEL, MAX_RECEIVE_SIZE, unlimited, JAVA_INT.byteSize());
      if (role == Role.SUB) {
        set(role.nanomsgProtocol, SUBSCRIBE, unlimited, 0);
      }
    } catch (Throwable e) {
      throw NANOMSG.failed("nn_socket", e);
    }
  }

  private void set(int level, int option, MemorySegment value, long byteSize) throws Throwable {
    int result = (int) SET.invokeExact(socket, level, option, value, byteSize);
    NANOMSG.check("nn_setsockopt", result == 0);
  }

  @Override
  public void listen(String url) {
    try {
      int result = (int) BIND.invokeExact(socket, arena.allocateFrom(url));
      NANOMSG.check("nn_bind", result >= 0);
    } catch (Throwable e) {
      throw NANOMSG.failed("nn_bind", e);
    }
  }

  @Override
  public void dial(String url) {
    try {
      int result = (int) CONNECT.invokeExact(socket, arena.allocateFrom(url));
      NANOMSG.check("nn_connect", result >= 0);
    } catch (Throwable e) {
      throw NANOMSG.failed("nn_connect", e);
    }
  }

  @Override
  public void send(int byteSize) {
    try {
      int result = (int) SEND.invokeExact(socket, buffer, (long) byteSize, 0);
      NANOMSG.check("nn_send", result >= 0);
    } catch (Throwable e) {
      throw NANOMSG.failed("nn_send", e);
    }
  }

  @Override
  public int receive() {
    try {
      int result = (int) RECEIVE.invokeExact(socket, buffer, buffer.byteSize(), 0);
      NANOMSG.check("nn_recv", result >= 0);
      return result;
    } catch (Throwable e) {
      throw NANOMSG.failed("nn_recv", e);
    }
  }

  @Override
  public void close() {
    try {
      NANOMSG.check("nn_close", (int) CLOSE.invokeExact(socket) == 0);
    } catch (Throwable e) {
      throw NANOMSG.failed("nn_close", e);
    }
  }
}
