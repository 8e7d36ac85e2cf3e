package dev.aeon.checks.interop;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A socket of libnng. */
final class NngPeer implements Peer {
  private static final CLibrary NNG = new CLibrary("libnng.so.1", "libnng1 (libnng-dev)");
  private static final MemoryLayout SOCKET = MemoryLayout.structLayout(JAVA_INT.withName("id"));
  private static final MemoryLayout ENDPOINT = MemoryLayout.structLayout(JAVA_INT.withName("id"));
  private static final int CLOSE_MILLIS = 10_000;
  private static final int ALLOCATE = 1;
  private static final int NONBLOCKING = 2;

  private static final MethodHandle CLOSE = NNG.function("nng_close", JAVA_INT, SOCKET);
  private static final MethodHandle CREATE_LISTENER =
      NNG.function("nng_listener_create", JAVA_INT, ADDRESS, SOCKET, ADDRESS);
  private static final MethodHandle SET_LISTENER =
      NNG.function("nng_listener_set_string", JAVA_INT, ENDPOINT, ADDRESS, ADDRESS);
  private static final MethodHandle START_LISTENER =
      NNG.function("nng_listener_start", JAVA_INT, ENDPOINT, JAVA_INT);
  private static final MethodHandle CREATE_DIALER =
      NNG.function("nng_dialer_create", JAVA_INT, ADDRESS, SOCKET, ADDRESS);
  private static final MethodHandle SET_DIALER =
      NNG.function("nng_dialer_set_string", JAVA_INT, ENDPOINT, ADDRESS, ADDRESS);
  private static final MethodHandle START_DIALER =
      NNG.function("nng_dialer_start", JAVA_INT, ENDPOINT, JAVA_INT);
  private static final MethodHandle SEND =
      NNG.function("nng_send", JAVA_INT, SOCKET, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle RECEIVE =
      NNG.function("nng_recv", JAVA_INT, SOCKET, ADDRESS, ADDRESS, JAVA_INT);
  private static final MethodHandle RECEIVE_MESSAGE =
      NNG.function("nng_recvmsg", JAVA_INT, SOCKET, ADDRESS, JAVA_INT);
  private static final MethodHandle SEND_MESSAGE =
      NNG.function("nng_sendmsg", JAVA_INT, SOCKET, ADDRESS, JAVA_INT);
  private static final MethodHandle FREE = NNG.procedure("nng_free", ADDRESS, JAVA_LONG);
  private static final MethodHandle DEVICE = NNG.function("nng_device", JAVA_INT, SOCKET, SOCKET);
  private static final MethodHandle SET_MILLIS =
      NNG.function("nng_socket_set_ms", JAVA_INT, SOCKET, ADDRESS, JAVA_INT);
  private static final MethodHandle SET_SIZE =
      NNG.function("nng_socket_set_size", JAVA_INT, SOCKET, ADDRESS, JAVA_LONG);
  private static final MethodHandle SET =
      NNG.function("nng_socket_set", JAVA_INT, SOCKET, ADDRESS, ADDRESS, JAVA_LONG);
  private static final MethodHandle MESSAGE_OF = NNG.function("nng_strerror", ADDRESS, JAVA_INT);

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment socket = arena.allocate(SOCKET);

  private NngPeer(String opener) {
    try {
      check((int) NNG.function(opener, JAVA_INT, ADDRESS).invokeExact(socket));
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
    setMillis("send-timeout", TIMEOUT_MILLIS);
    setMillis("reconnect-time-min", 10);
    setMillis("reconnect-time-max", 50);
    receiveAnySize();
  }

  static NngPeer open(Pattern pattern) {
    NngPeer peer = new NngPeer("nng_" + pattern.nngName + "_open");
    if (pattern == Pattern.SUB) {
      peer.subscribeToEverything();
    }
    if (pattern == Pattern.SURVEYOR) {
      peer.setMillis("surveyor:survey-time", TIMEOUT_MILLIS);
    }
    return peer;
  }

  static NngPeer openRaw(Pattern pattern) {
    return new NngPeer("nng_" + pattern.nngName + "_open_raw");
  }

  /** Moves messages between two raw sockets until either is closed. */
  static void forward(NngPeer first, NngPeer second) {
    try {
      int _ = (int) DEVICE.invokeExact(first.socket, second.socket);
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  @Override
  public void listen(String url) {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment listener = call.allocate(ENDPOINT);
      check((int) CREATE_LISTENER.invokeExact(listener, socket, text(url)));
      if (isSecure(url)) {
        MemorySegment identity = text(TlsFiles.get().identity().toString());
        check((int) SET_LISTENER.invokeExact(listener, text("tls-cert-key-file"), identity));
      }
      check((int) START_LISTENER.invokeExact(listener, 0));
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  @Override
  public void dial(String url) {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment dialer = call.allocate(ENDPOINT);
      check((int) CREATE_DIALER.invokeExact(dialer, socket, text(url)));
      if (isSecure(url)) {
        MemorySegment trusted = text(TlsFiles.get().certificate().toString());
        check((int) SET_DIALER.invokeExact(dialer, text("tls-ca-file"), trusted));
        MemorySegment name = text(TlsFiles.SERVER_NAME);
        check((int) SET_DIALER.invokeExact(dialer, text("tls-server-name"), name));
      }
      check((int) START_DIALER.invokeExact(dialer, NONBLOCKING));
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  private static boolean isSecure(String url) {
    return url.startsWith("tls+") || url.startsWith("wss:");
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
    setMillis("recv-timeout", timeoutMillis);
    try (Arena call = Arena.ofConfined()) {
      MemorySegment pointer = call.allocate(ADDRESS);
      MemorySegment size = call.allocate(JAVA_LONG);
      check((int) RECEIVE.invokeExact(socket, pointer, size, ALLOCATE));
      byte[] body = CLibrary.bytes(pointer.get(ADDRESS, 0), size.get(JAVA_LONG, 0));
      FREE.invokeExact(pointer.get(ADDRESS, 0), size.get(JAVA_LONG, 0));
      return body;
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  /** Sends the next message back as it came, header and all: what a raw socket is for. */
  void echo() {
    setMillis("recv-timeout", TIMEOUT_MILLIS);
    try (Arena call = Arena.ofConfined()) {
      MemorySegment pointer = call.allocate(ADDRESS);
      check((int) RECEIVE_MESSAGE.invokeExact(socket, pointer, 0));
      check((int) SEND_MESSAGE.invokeExact(socket, pointer.get(ADDRESS, 0), 0));
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  private void subscribeToEverything() {
    try {
      check((int) SET.invokeExact(socket, text("sub:subscribe"), MemorySegment.NULL, 0L));
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  private void receiveAnySize() {
    try {
      check((int) SET_SIZE.invokeExact(socket, text("recv-size-max"), 0L));
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

  /**
   * Leaves the socket behind where libnng does not end: closing a TLS connection while it opens or
   * ends makes 1.5.2 wait for ever.
   */
  @Override
  public void close() {
    FutureTask<Integer> closing = new FutureTask<>(this::closeNow);
    Thread.ofPlatform().daemon().name("libnng-close").start(closing);
    try {
      check(closing.get(CLOSE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      System.err.println("libnng did not close its socket within " + CLOSE_MILLIS + " ms");
    } catch (InterruptedException | ExecutionException e) {
      throw CLibrary.unexpected(e);
    }
  }

  private int closeNow() {
    try {
      return (int) CLOSE.invokeExact(socket);
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }
}
