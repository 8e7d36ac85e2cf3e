package dev.aeon.bindings.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.Errno;
import dev.aeon.bindings.NativeCallException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatagramSocketsTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final int BUFFER_BYTE_SIZE = 2_000;

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment buffers = arena.allocate(4 * BUFFER_BYTE_SIZE);

  private DatagramBatch receiving() {
    DatagramBatch batch = new DatagramBatch(4, arena);
    for (int index = 0; index < 4; index++) {
      batch.setBuffer(index, buffers, (long) index * BUFFER_BYTE_SIZE, BUFFER_BYTE_SIZE);
    }
    return batch;
  }

  private static void send(DatagramBatch batch, int index, MemorySegment bytes, int port) {
    long high =
        ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 0x0100_007f : 0x7f00_0001L << 32;
    batch.setBytes(index, bytes, 0, (int) bytes.byteSize(), 0);
    batch.setPeer(index, 4, port, 0, high, 0);
  }

  private static int receive(Descriptor socket, DatagramBatch batch) {
    try (Poller poller = Poller.open()) {
      poller.add(socket.fd(), Poller.READABLE, 0);
      assertThat(poller.poll(5_000_000_000L)).isEqualTo(1);
    }
    return DatagramSockets.receiveMany(socket.fd(), batch, batch.count());
  }

  @Test
  void batch_sentToOneSocket_arrivesWithItsSender() {
    try (Descriptor left = DatagramSockets.openUdp(ANY_PORT);
        Descriptor right = DatagramSockets.openUdp(ANY_PORT)) {
      DatagramSockets.setBuffers(right, 1 << 20);
      int port = TcpSocket.localAddress(right).getPort();
      DatagramBatch out = new DatagramBatch(2, arena);
      send(out, 0, arena.allocateFrom("first"), port);
      send(out, 1, arena.allocateFrom("second one"), port);
      assertThat(DatagramSockets.sendMany(left.fd(), out, 0, 2)).isEqualTo(2);
      DatagramBatch in = receiving();
      assertThat(receive(right, in)).isEqualTo(2);
      assertThat(in.byteSize(1)).isEqualTo("second one".length() + 1);
      assertThat(buffers.getString(BUFFER_BYTE_SIZE)).isEqualTo("second one");
      assertThat(in.peerPort(1)).isEqualTo(TcpSocket.localAddress(left).getPort());
      assertThat(in.peerFamily(1)).isEqualTo(4);
      assertThat(in.isTruncated(1)).isFalse();
      assertThat(DatagramSockets.receiveMany(right.fd(), in, 4)).isEqualTo(-Errno.EAGAIN);
    }
  }

  @Test
  void run_outOfSharedMemory_arrivesInSegments() {
    try (Descriptor left = DatagramSockets.openUdp(ANY_PORT);
        Descriptor right = DatagramSockets.openUdp(ANY_PORT);
        SharedMemory memory = SharedMemory.create("run", 8_192)) {
      DatagramSockets.connect(left, TcpSocket.localAddress(right));
      memory.segment().fill((byte) 1).asSlice(4_096 + 1_000, 500).fill((byte) 2);
      int result = DatagramSockets.sendFile(left.fd(), memory.descriptor(), 4_096, 1_500, 1_000);
      assertThat(result).isEqualTo(1);
      DatagramBatch in = receiving();
      int count = receive(right, in);
      assertThat(count).isBetween(1, 2);
      assertThat(in.byteSize(0) + (count > 1 ? in.byteSize(1) : 0)).isEqualTo(1_500);
      assertThat(buffers.get(ValueLayout.JAVA_BYTE, 999)).isEqualTo((byte) 1);
      long second = count > 1 ? BUFFER_BYTE_SIZE : 1_000;
      assertThat(buffers.get(ValueLayout.JAVA_BYTE, second)).isEqualTo((byte) 2);
      assertThat(DatagramSockets.sendFile(left.fd(), memory.descriptor(), 4_096, 0, 1_000))
          .isEqualTo(-Errno.EINVAL);
    }
  }

  @Test
  void datagram_largerThanItsBuffer_isMarked() {
    try (Descriptor left = DatagramSockets.openUdp(ANY_PORT);
        Descriptor right = DatagramSockets.openUdp(ANY_PORT)) {
      DatagramSockets.connect(left, TcpSocket.localAddress(right));
      DatagramBatch out = new DatagramBatch(1, arena);
      out.setBytes(0, arena.allocate(BUFFER_BYTE_SIZE + 1), 0, BUFFER_BYTE_SIZE + 1, 0);
      assertThat(DatagramSockets.sendMany(left.fd(), out, 0, 1)).isEqualTo(1);
      DatagramBatch in = receiving();
      assertThat(receive(right, in)).isEqualTo(1);
      assertThat(in.isTruncated(0)).isTrue();
    }
  }

  @Test
  void filter_thatAdmitsNothing_leavesTheSocketEmpty() {
    try (Descriptor socket = DatagramSockets.openUdp(ANY_PORT)) {
      DatagramSockets.setFilter(socket, List.of(FilterInstruction.of(0x06, 0)));
      DatagramBatch out = new DatagramBatch(1, arena);
      send(out, 0, arena.allocate(ValueLayout.JAVA_INT), TcpSocket.localAddress(socket).getPort());
      assertThat(DatagramSockets.sendMany(socket.fd(), out, 0, 1)).isEqualTo(1);
      assertThat(DatagramSockets.receiveMany(socket.fd(), receiving(), 1)).isEqualTo(-Errno.EAGAIN);
    }
  }

  @Test
  void program_thatDoesNotEnd_isRefused() {
    try (Descriptor socket = DatagramSockets.openUdp(ANY_PORT)) {
      assertThatThrownBy(
              () -> DatagramSockets.setFilter(socket, List.of(FilterInstruction.of(0x30, 0))))
          .isInstanceOf(NativeCallException.class)
          .hasMessageContaining("EINVAL");
    }
  }

  @Test
  void pathMtu_ofLoopback_isAtLeastTheLeastOfIpv6() {
    assertThat(DatagramSockets.pathMtu(ANY_PORT)).isGreaterThanOrEqualTo(1280);
  }

  @Test
  void udpSocket_adoptedAsRaw_isRefused() {
    try (Descriptor socket = DatagramSockets.openUdp(ANY_PORT)) {
      assertThatThrownBy(
              () -> DatagramSockets.adoptRaw(socket, InetAddress.getLoopbackAddress(), 253))
          .isInstanceOf(NativeCallException.class)
          .hasMessageContaining("EPROTOTYPE");
    }
  }

  @Test
  void batch_ofTooManyElements_isRefused() {
    assertThatThrownBy(() -> new DatagramBatch(DatagramBatch.MAX_COUNT + 1, arena))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
