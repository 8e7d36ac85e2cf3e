package dev.aeon.checks.bench.messaging;

import static dev.aeon.checks.bench.messaging.ZmqEndpoints.ZMQ;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** A socket of libzmq. */
final class ZmqEndpoint implements Endpoint {
  private static final int SUBSCRIBE = 6;
  private static final int LINGER = 17;

  private static final MethodHandle SOCKET = ZMQ.function("zmq_socket", ADDRESS, ADDRESS, JAVA_INT);
  private static final MethodHandle CLOSE = ZMQ.function("zmq_close", JAVA_INT, ADDRESS);
  private static final MethodHandle SET =
      ZMQ.function("zmq_setsockopt", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle BIND = ZMQ.function("zmq_bind", JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle CONNECT =
      ZMQ.function("zmq_connect", JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle SEND =
      ZMQ.function("zmq_send", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle RECEIVE =
      ZMQ.function("zmq_recv", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT);

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment buffer = arena.allocate(MAX_BODY_BYTE_SIZE);
  private final MemorySegment socket;

  ZmqEndpoint(MemorySegment context, Role role) {
    try {
      socket = (MemorySegment) SOCKET.invokeExact(context, role.zmqType);
      ZMQ.check("zmq_socket", socket.address() != 0);
      MemorySegment none = arena.allocateFrom(JAVA_INT, 0);
      set(LINGER, none, JAVA_INT.byteSize());
      if (role == Role.SUB) {
        set(SUBSCRIBE, none, 0);
      }
    } catch (Throwable e) {
      throw ZMQ.failed("zmq_socket", e);
    }
  }

  private void set(int option, MemorySegment value, long byteSize) throws Throwable {
    ZMQ.check("zmq_setsockopt", (int) SET.invokeExact(socket, option, value, byteSize) == 0);
  }

  @Override
  public void listen(String url) {
    try {
      ZMQ.check("zmq_bind", (int) BIND.invokeExact(socket, arena.allocateFrom(url)) == 0);
    } catch (Throwable e) {
      throw ZMQ.failed("zmq_bind", e);
    }
  }

  @Override
  public void dial(String url) {
    try {
      ZMQ.check("zmq_connect", (int) CONNECT.invokeExact(socket, arena.allocateFrom(url)) == 0);
    } catch (Throwable e) {
      throw ZMQ.failed("zmq_connect", e);
    }
  }

  @Override
  public void send(int byteSize) {
    try {
      int sent = (int) SEND.invokeExact(socket, buffer, (long) byteSize, 0);
      ZMQ.check("zmq_send", sent == byteSize);
    } catch (Throwable e) {
      throw ZMQ.failed("zmq_send", e);
    }
  }

  @Override
  public int receive() {
    try {
      int received = (int) RECEIVE.invokeExact(socket, buffer, buffer.byteSize(), 0);
      ZMQ.check("zmq_recv", received >= 0);
      return received;
    } catch (Throwable e) {
      throw ZMQ.failed("zmq_recv", e);
    }
  }

  @Override
  public void close() {
    try {
      ZMQ.check("zmq_close", (int) CLOSE.invokeExact(socket) == 0);
    } catch (Throwable e) {
      throw ZMQ.failed("zmq_close", e);
    }
  }
}
