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
  private static final int AF_SP_RAW = 2;
  private static final int SOL_SOCKET = 0;
  private static final int SEND_TIMEOUT = 4;
  private static final int RECEIVE_TIMEOUT = 5;
  private static final int RECONNECT_INTERVAL = 6;
  private static final int RECEIVE_MAX_SIZE = 16;
  private static final int SUB_SUBSCRIBE = 1;
  private static final int SURVEYOR_DEADLINE = 1;

  /** Asks libnanomsg for memory of its own. */
  private static final long NN_MSG = -1;

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
  private static final MethodHandle FREE = NANOMSG.function("nn_freemsg", JAVA_INT, ADDRESS);
  private static final MethodHandle DEVICE =
      NANOMSG.function("nn_device", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle ERRNO = NANOMSG.function("nn_errno", JAVA_INT);
  private static final MethodHandle MESSAGE_OF = NANOMSG.function("nn_strerror", ADDRESS, JAVA_INT);

  final int socket;

  private NanomsgPeer(int domain, Pattern pattern) {
    try {
      socket = check((int) SOCKET.invokeExact(domain, pattern.nanomsgProtocol));
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
    set(SOL_SOCKET, SEND_TIMEOUT, TIMEOUT_MILLIS);
    set(SOL_SOCKET, RECONNECT_INTERVAL, 20);
    set(SOL_SOCKET, RECEIVE_MAX_SIZE, -1);
  }

  static NanomsgPeer open(Pattern pattern) {
    NanomsgPeer peer = new NanomsgPeer(AF_SP, pattern);
    if (pattern == Pattern.SUB) {
      peer.subscribeToEverything();
    }
    if (pattern == Pattern.SURVEYOR) {
      peer.set(pattern.nanomsgProtocol, SURVEYOR_DEADLINE, TIMEOUT_MILLIS);
    }
    return peer;
  }

  static NanomsgPeer openRaw(Pattern pattern) {
    NanomsgPeer peer = new NanomsgPeer(AF_SP_RAW, pattern);
    if (pattern == Pattern.SUB) {
      peer.subscribeToEverything();
    }
    return peer;
  }

  /** Moves messages between two raw sockets until either is closed. */
  static void forward(NanomsgPeer first, NanomsgPeer second) {
    try {
      int _ = (int) DEVICE.invokeExact(first.socket, second.socket);
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  @Override
  public void listen(String url) {
    try (Arena call = Arena.ofConfined()) {
      check((int) BIND.invokeExact(socket, call.allocateFrom(url)));
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  @Override
  public void dial(String url) {
    try (Arena call = Arena.ofConfined()) {
      check((int) CONNECT.invokeExact(socket, call.allocateFrom(url)));
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  @Override
  public void send(byte[] body) {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment copy = call.allocateFrom(JAVA_BYTE, body);
      check((int) SEND.invokeExact(socket, copy, (long) body.length, 0));
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  @Override
  public byte[] receive(int timeoutMillis) {
    set(SOL_SOCKET, RECEIVE_TIMEOUT, timeoutMillis);
    try (Arena call = Arena.ofConfined()) {
      MemorySegment pointer = call.allocate(ADDRESS);
      int size = check((int) RECEIVE.invokeExact(socket, pointer, NN_MSG, 0));
      MemorySegment message = pointer.get(ADDRESS, 0);
      byte[] body = CLibrary.bytes(message, size);
      check((int) FREE.invokeExact(message));
      return body;
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  private void subscribeToEverything() {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment everything = call.allocateFrom("");
      int level = Pattern.SUB.nanomsgProtocol;
      check((int) SET.invokeExact(socket, level, SUB_SUBSCRIBE, everything, 0L));
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  private void set(int level, int option, int value) {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment number = call.allocateFrom(JAVA_INT, value);
      check((int) SET.invokeExact(socket, level, option, number, (long) Integer.BYTES));
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
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }
}
