package dev.aeon.checks.interop;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** A socket of libnanomsg. */
final class NanomsgPeer implements Peer {
  private static final CLibrary NANOMSG =
      new CLibrary("libnanomsg.so.5", "libnanomsg5 (libnanomsg-dev)");
  private static final int AF_SP = 1;
  private static final int SOL_SOCKET = 0;
  private static final int SEND_TIMEOUT = 4;
  private static final int RECEIVE_TIMEOUT = 5;
  private static final int RECONNECT_INTERVAL = 6;
  private static final int RECEIVE_MAX_SIZE = 16;
  private static final int SUB_SUBSCRIBE = 1;

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
  private static final MethodHandle ERRNO = NANOMSG.function("nn_errno", JAVA_INT);
  private static final MethodHandle MESSAGE_OF = NANOMSG.function("nn_strerror", ADDRESS, JAVA_INT);

  private final Arena arena = Arena.ofShared();
  private final MemorySegment buffer = arena.allocate(MAX_MESSAGE_BYTES);
  private final int socket;

  NanomsgPeer(Pattern pattern) {
    try {
      socket = check((int) SOCKET.invokeExact(AF_SP, pattern.nanomsgProtocol));
      set(SEND_TIMEOUT, TIMEOUT_MILLIS);
      set(RECONNECT_INTERVAL, 20);
      set(RECEIVE_MAX_SIZE, -1);
      if (pattern == Pattern.SUB) {
        MemorySegment everything = arena.allocateFrom("");
        check(
            (int) SET.invokeExact(socket, pattern.nanomsgProtocol, SUB_SUBSCRIBE, everything, 0L));
      }
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  @Override
  public void listen(String url) {
    try {
      check((int) BIND.invokeExact(socket, arena.allocateFrom(url)));
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  @Override
  public void dial(String url) {
    try {
      check((int) CONNECT.invokeExact(socket, arena.allocateFrom(url)));
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
    try {
      set(RECEIVE_TIMEOUT, timeoutMillis);
      int length = check((int) RECEIVE.invokeExact(socket, buffer, buffer.byteSize(), 0));
      return buffer.asSlice(0, length).toArray(JAVA_BYTE);
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  private void set(int option, int value) {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment number = call.allocateFrom(JAVA_INT, value);
      check((int) SET.invokeExact(socket, SOL_SOCKET, option, number, (long) Integer.BYTES));
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  private static int check(int result) {
    if (result >= 0) {
      return result;
    }
    try {
      MemorySegment message = (MemorySegment) MESSAGE_OF.invokeExact((int) ERRNO.invokeExact());
      throw new IllegalStateException("libnanomsg: " + CLibrary.text(message));
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
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
