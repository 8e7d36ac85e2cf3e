package dev.aeon.checks.bench.messaging;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Sockets of libzmq in one context, with its one I/O thread. */
final class ZmqEndpoints implements Endpoints {
  static final CLibrary ZMQ = new CLibrary("libzmq.so.5");
  private static final int MAX_SOCKETS = 2;
  private static final int SOCKET_COUNT = 60_000;

  private static final MethodHandle NEW = ZMQ.function("zmq_ctx_new", ADDRESS);
  private static final MethodHandle SET =
      ZMQ.function("zmq_ctx_set", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle TERM = ZMQ.function("zmq_ctx_term", JAVA_INT, ADDRESS);

  private final MemorySegment context;

  ZmqEndpoints() {
    try {
      context = (MemorySegment) NEW.invokeExact();
      ZMQ.check("zmq_ctx_set", (int) SET.invokeExact(context, MAX_SOCKETS, SOCKET_COUNT) == 0);
    } catch (Throwable e) {
      throw ZMQ.failed("zmq_ctx_new", e);
    }
  }

  @Override
  public Endpoint open(Role role) {
    return new ZmqEndpoint(context, role);
  }

  @Override
  public void close() {
    try {
      ZMQ.check("zmq_ctx_term", (int) TERM.invokeExact(context) == 0);
    } catch (Throwable e) {
      throw ZMQ.failed("zmq_ctx_term", e);
    }
  }
}
