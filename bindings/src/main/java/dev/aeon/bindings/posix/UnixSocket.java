package dev.aeon.bindings.posix;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.NativeLibrary;
import dev.aeon.bindings.raw.Aeon;
import dev.aeon.bindings.raw.aeon_peer_credentials;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Unix-domain stream sockets. Returned descriptors are the caller's, non-blocking and closed on
 * exec. Thread-safe; nothing here blocks.
 */
public final class UnixSocket {
  /** The most descriptors that one message carries. */
  public static final int MAX_DESCRIPTORS = 16;

  static {
    NativeLibrary.ensureLoaded();
  }

  private UnixSocket() {}

  /** What arrived: bytes, and descriptors that are now the receiver's to close. */
  public record Received(long byteCount, List<Descriptor> descriptors) {}

  /**
   * Binds and listens. The socket file of a path is the caller's to remove.
   *
   * @throws NativeCallException among others {@code EADDRINUSE}, {@code EACCES}, {@code ENOENT}
   */
  public static Descriptor listen(UnixAddress address, int backlog) {
    try (Arena arena = Arena.ofConfined()) {
      int result = Aeon.aeon_unix_listen(address.toNative(arena), backlog);
      return Descriptor.own(
          NativeCallException.check("aeon_unix_listen", result, "address=" + address));
    }
  }

  /**
   * Binds a path and listens, with the socket file's permission bits set before anyone can connect.
   *
   * @param permissions 0 to 0777
   * @throws NativeCallException as {@link #listen(UnixAddress, int)}; {@code EINVAL} for an
   *     abstract name
   */
  public static Descriptor listen(UnixAddress address, int backlog, int permissions) {
    try (Arena arena = Arena.ofConfined()) {
      int result = Aeon.aeon_unix_listen_with(address.toNative(arena), backlog, permissions);
      return Descriptor.own(
          NativeCallException.check(
              "aeon_unix_listen_with",
              result,
              "address=%s permissions=0%o".formatted(address, permissions)));
    }
  }

  /**
   * Connects.
   *
   * @throws NativeCallException among others {@code ECONNREFUSED} (nobody listens), {@code ENOENT}
   *     (no such file), {@code EAGAIN} (the listener's backlog is full)
   */
  public static Descriptor connect(UnixAddress address) {
    try (Arena arena = Arena.ofConfined()) {
      int result = Aeon.aeon_unix_connect(address.toNative(arena));
      return Descriptor.own(
          NativeCallException.check("aeon_unix_connect", result, "address=" + address));
    }
  }

  /** Who is at the other end of a connected socket. */
  public static PeerCredentials peerCredentials(Descriptor socket) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment peer = aeon_peer_credentials.allocate(arena);
      NativeCallException.check(
          "aeon_unix_peer", Aeon.aeon_unix_peer(socket.fd(), peer), "fd=" + socket.fd());
      return new PeerCredentials(
          aeon_peer_credentials.process_id(peer),
          aeon_peer_credentials.user_id(peer),
          aeon_peer_credentials.group_id(peer));
    }
  }

  /**
   * Sends bytes and, with the first of them, descriptors, which stay the caller's.
   *
   * @param bytes at least one byte of native memory
   * @return the bytes taken
   * @throws NativeCallException also {@code EAGAIN} where the socket has no room
   */
  public static long sendDescriptors(Descriptor socket, MemorySegment bytes, int... fds) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment numbers = arena.allocateFrom(ValueLayout.JAVA_INT, fds);
      long sent =
          Aeon.aeon_unix_send_descriptors(
              socket.fd(), bytes, bytes.byteSize(), numbers, fds.length);
      return NativeCallException.check(
          "aeon_unix_send_descriptors", sent, "fd=" + socket.fd() + " count=" + fds.length);
    }
  }

  /**
   * Receives bytes into native memory, and the descriptors sent with them.
   *
   * @throws NativeCallException also {@code EAGAIN} where nothing has arrived
   */
  public static Received receiveDescriptors(Descriptor socket, MemorySegment bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment numbers = arena.allocate(ValueLayout.JAVA_INT, MAX_DESCRIPTORS);
      MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
      long received =
          Aeon.aeon_unix_receive_descriptors(
              socket.fd(), bytes, bytes.byteSize(), numbers, MAX_DESCRIPTORS, count);
      NativeCallException.check("aeon_unix_receive_descriptors", received, "fd=" + socket.fd());
      return new Received(received, own(numbers, count.get(ValueLayout.JAVA_INT, 0)));
    }
  }

  private static List<Descriptor> own(MemorySegment numbers, int count) {
    List<Descriptor> owned = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      owned.add(Descriptor.own(numbers.getAtIndex(ValueLayout.JAVA_INT, i)));
    }
    return List.copyOf(owned);
  }
}
