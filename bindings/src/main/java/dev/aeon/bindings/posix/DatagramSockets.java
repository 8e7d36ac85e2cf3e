package dev.aeon.bindings.posix;

import static dev.aeon.bindings.NativeLibrary.criticalHandle;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.NativeLibrary;
import dev.aeon.bindings.raw.Aeon;
import dev.aeon.bindings.raw.aeon_filter_instruction;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Sockets for UDP, and for IP itself with a protocol number of one's own. Returned descriptors are
 * the caller's, non-blocking and closed on exec. No packet is split by the kernel: one that is
 * larger than the path takes is refused with {@code EMSGSIZE}. Thread-safe; nothing here blocks.
 */
public final class DatagramSockets {
  private static final MethodHandle SEND_MANY;
  private static final MethodHandle SEND_FILE;
  private static final MethodHandle RECEIVE_MANY;

  static {
    NativeLibrary.ensureLoaded();
    SEND_MANY =
        criticalHandle(
            Aeon.aeon_datagram_send_many$address(), Aeon.aeon_datagram_send_many$descriptor());
    SEND_FILE =
        criticalHandle(
            Aeon.aeon_datagram_send_file$address(), Aeon.aeon_datagram_send_file$descriptor());
    RECEIVE_MANY =
        criticalHandle(
            Aeon.aeon_datagram_receive_many$address(),
            Aeon.aeon_datagram_receive_many$descriptor());
  }

  private DatagramSockets() {}

  /**
   * Opens a UDP socket at a local address; port 0 lets the kernel choose, and {@code ::} takes IPv4
   * too, as mapped addresses.
   *
   * @throws NativeCallException among others {@code EADDRINUSE}, {@code EADDRNOTAVAIL}
   */
  public static Descriptor openUdp(InetSocketAddress local) {
    try (Arena arena = Arena.ofConfined()) {
      int result = Aeon.aeon_udp_open(IpAddresses.toNative(local, arena));
      return Descriptor.own(NativeCallException.check("aeon_udp_open", result, "local=" + local));
    }
  }

  /**
   * Opens a raw socket at a local address. Received IPv4 packets begin with their IP header, IPv6
   * packets with what follows it.
   *
   * @param protocol 1 to 254
   * @throws NativeCallException among others {@code EPERM} without {@code CAP_NET_RAW}
   */
  public static Descriptor openRaw(InetAddress local, int protocol) {
    try (Arena arena = Arena.ofConfined()) {
      int result = Aeon.aeon_raw_open(portless(local, arena), protocol);
      return Descriptor.own(
          NativeCallException.check("aeon_raw_open", result, rawArguments(local, protocol)));
    }
  }

  /**
   * Prepares a raw socket that another process opened, as {@link #openRaw} would. The descriptor
   * stays the caller's.
   *
   * @throws NativeCallException {@code EPROTOTYPE} where it is no raw socket of that family and
   *     protocol, among others
   */
  public static void adoptRaw(Descriptor socket, InetAddress local, int protocol) {
    try (Arena arena = Arena.ofConfined()) {
      int result = Aeon.aeon_raw_adopt(socket.fd(), portless(local, arena), protocol);
      NativeCallException.check("aeon_raw_adopt", result, rawArguments(local, protocol));
    }
  }

  private static MemorySegment portless(InetAddress local, Arena arena) {
    return IpAddresses.toNative(new InetSocketAddress(local, 0), arena);
  }

  private static String rawArguments(InetAddress local, int protocol) {
    return "local=%s protocol=%d".formatted(local.getHostAddress(), protocol);
  }

  /** Takes packets of one peer only from now on, and sends to it where a batch names none. */
  public static void connect(Descriptor socket, InetSocketAddress peer) {
    try (Arena arena = Arena.ofConfined()) {
      int result = Aeon.aeon_datagram_connect(socket.fd(), IpAddresses.toNative(peer, arena));
      NativeCallException.check("aeon_datagram_connect", result, "peer=" + peer);
    }
  }

  /**
   * Asks for buffers of so many bytes each way; the system's limits may leave less of it.
   *
   * @param byteSize at least 1
   */
  public static void setBuffers(Descriptor socket, int byteSize) {
    int result = Aeon.aeon_datagram_set_buffers(socket.fd(), byteSize);
    NativeCallException.check("aeon_datagram_set_buffers", result, "byteSize=" + byteSize);
  }

  /**
   * Has the kernel drop what a program does not admit.
   *
   * @param program 1 to 4,096 instructions
   * @throws NativeCallException {@code EINVAL} where the kernel finds the program wrong
   */
  public static void setFilter(Descriptor socket, List<FilterInstruction> program) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment instructions = aeon_filter_instruction.allocateArray(program.size(), arena);
      for (int index = 0; index < program.size(); index++) {
        put(aeon_filter_instruction.asSlice(instructions, index), program.get(index));
      }
      int result = Aeon.aeon_datagram_set_filter(socket.fd(), instructions, program.size());
      NativeCallException.check("aeon_datagram_set_filter", result, "count=" + program.size());
    }
  }

  private static void put(MemorySegment target, FilterInstruction instruction) {
    aeon_filter_instruction.code(target, (short) instruction.code());
    aeon_filter_instruction.jump_true(target, (byte) instruction.jumpTrue());
    aeon_filter_instruction.jump_false(target, (byte) instruction.jumpFalse());
    aeon_filter_instruction.operand(target, instruction.operand());
  }

  /**
   * The bytes of the largest IP packet that the kernel knows to reach an address unsplit.
   *
   * @throws NativeCallException among others {@code ENETUNREACH}
   */
  public static int pathMtu(InetSocketAddress peer) {
    try (Arena arena = Arena.ofConfined()) {
      int result = Aeon.aeon_datagram_path_mtu(IpAddresses.toNative(peer, arena));
      return NativeCallException.check("aeon_datagram_path_mtu", result, "peer=" + peer);
    }
  }

  /**
   * Sends elements from {@code first} on: how many the kernel took, at least 1, or {@code -errno}
   * of the first.
   */
  public static int sendMany(int fd, DatagramBatch batch, int first, int count) {
    try {
      return (int) SEND_MANY.invokeExact(fd, batch.range(first, count), count);
    } catch (Throwable e) {
      throw Downcalls.rethrow(e);
    }
  }

  /**
   * Sends a run of datagrams to the peer that the socket is connected to, out of shared memory and
   * without a copy: the network reads its pages until the peer has taken the run. Wants Linux 6.5,
   * which is the first not to split packets here.
   *
   * @param memory the descriptor of {@link SharedMemory}
   * @param byteOffset where a page begins in it
   * @param byteSize 1 to 65,536
   * @param segmentByteSize of each datagram but the last
   * @return 1, or {@code -errno}; {@code EIO} where the kernel took a part of it
   */
  public static int sendFile(
      int fd, Descriptor memory, long byteOffset, int byteSize, int segmentByteSize) {
    try {
      return (int) SEND_FILE.invokeExact(fd, memory.fd(), byteOffset, byteSize, segmentByteSize);
    } catch (Throwable e) {
      throw Downcalls.rethrow(e);
    }
  }

  /** Fills the first {@code count} elements at the most: how many, or {@code -errno}. */
  public static int receiveMany(int fd, DatagramBatch batch, int count) {
    try {
      return (int) RECEIVE_MANY.invokeExact(fd, batch.range(0, count), count);
    } catch (Throwable e) {
      throw Downcalls.rethrow(e);
    }
  }
}
