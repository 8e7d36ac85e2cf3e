package dev.aeon.bindings.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.Errno;
import dev.aeon.bindings.NativeCallException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixSocketTest {
  @TempDir Path folder;

  @Test
  void bytes_sent_arriveAtThePeer() {
    try (Arena arena = Arena.ofConfined();
        Pair pair = Pair.connected(folder)) {
      MemorySegment sent = arena.allocateFrom("hello");
      assertThat(Sockets.send(pair.client.fd(), sent, 0, 5)).isEqualTo(5);
      MemorySegment received = arena.allocate(16);
      assertThat(Sockets.receive(pair.server.fd(), received, 0, 16)).isEqualTo(5);
      assertThat(received.getString(0)).isEqualTo("hello");
    }
  }

  @Test
  void receive_withNothingSent_saysAgain() {
    try (Arena arena = Arena.ofConfined();
        Pair pair = Pair.connected(folder)) {
      assertThat(Sockets.receive(pair.server.fd(), arena.allocate(1), 0, 1))
          .isEqualTo(-Errno.EAGAIN);
    }
  }

  @Test
  void receive_afterThePeerClosed_isTheEnd() {
    try (Arena arena = Arena.ofConfined();
        Pair pair = Pair.connected(folder)) {
      pair.client.close();
      assertThat(Sockets.receive(pair.server.fd(), arena.allocate(1), 0, 1)).isZero();
    }
  }

  @Test
  void send_afterThePeerClosed_isABrokenPipeAndNoSignal() {
    try (Arena arena = Arena.ofConfined();
        Pair pair = Pair.connected(folder)) {
      pair.client.close();
      assertThat(Sockets.send(pair.server.fd(), arena.allocate(1), 0, 1)).isEqualTo(-Errno.EPIPE);
    }
  }

  @Test
  void send_beyondTheBuffer_isRefusedBeforeTheKernel() {
    try (Arena arena = Arena.ofConfined();
        Pair pair = Pair.connected(folder)) {
      MemorySegment buffer = arena.allocate(8);
      assertThatThrownBy(() -> Sockets.send(pair.client.fd(), buffer, 4, 5))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> Sockets.receive(pair.client.fd(), buffer, 0, Long.MAX_VALUE))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void spans_sent_arriveInOrder() {
    try (Arena arena = Arena.ofConfined();
        Pair pair = Pair.connected(folder)) {
      MemorySegment spans = arena.allocate(2 * Sockets.SPAN_BYTES, 8);
      putSpan(spans, 0, arena.allocateFrom("ab"), 2);
      putSpan(spans, 1, arena.allocateFrom("cd"), 2);
      assertThat(Sockets.sendVector(pair.client.fd(), spans, 2)).isEqualTo(4);
      MemorySegment received = arena.allocate(8);
      assertThat(Sockets.receive(pair.server.fd(), received, 0, 8)).isEqualTo(4);
      assertThat(received.getString(0)).isEqualTo("abcd");
    }
  }

  @Test
  void connect_withoutAListener_saysSo() {
    UnixAddress nowhere = UnixAddress.ofPath(folder.resolve("nobody").toString());
    assertThatThrownBy(() -> UnixSocket.connect(nowhere))
        .isInstanceOfSatisfying(
            NativeCallException.class, e -> assertThat(e.errnoName()).isEqualTo("ENOENT"))
        .hasMessageContaining("nobody");
  }

  @Test
  void listen_onATakenPath_saysSo() {
    UnixAddress address = UnixAddress.ofPath(folder.resolve("taken").toString());
    try (Descriptor first = UnixSocket.listen(address, 1)) {
      assertThat(first.isClosed()).isFalse();
      assertThatThrownBy(() -> UnixSocket.listen(address, 1))
          .isInstanceOfSatisfying(
              NativeCallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EADDRINUSE));
    }
  }

  @Test
  void abstractName_withZeroBytes_connects() {
    UnixAddress address =
        UnixAddress.ofAbstract(new byte[] {'a', 0, (byte) ProcessHandle.current().pid(), 1});
    try (Descriptor listener = UnixSocket.listen(address, 1);
        Descriptor client = UnixSocket.connect(address)) {
      assertThat(client.fd()).isNotEqualTo(listener.fd());
    }
  }

  @Test
  void address_emptyOrTooLong_isRefused() {
    assertThatThrownBy(() -> UnixAddress.ofPath("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> UnixAddress.ofPath("x".repeat(108)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("length=108");
    assertThatThrownBy(() -> UnixAddress.ofPath("a\0b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void peerCredentials_ofOurselves_areOurs() {
    try (Pair pair = Pair.connected(folder)) {
      assertThat(UnixSocket.peerCredentials(pair.server).processId())
          .isEqualTo((int) ProcessHandle.current().pid());
    }
  }

  @Test
  void sharedMemory_passedToAPeer_showsTheSameBytes() {
    try (Arena arena = Arena.ofConfined();
        Pair pair = Pair.connected(folder);
        SharedMemory ours = SharedMemory.create("test", 8192)) {
      UnixSocket.sendDescriptors(pair.client, arena.allocateFrom("!"), ours.descriptor().fd());
      UnixSocket.Received received = UnixSocket.receiveDescriptors(pair.server, arena.allocate(4));
      try (SharedMemory theirs = SharedMemory.map(received.descriptors().getFirst())) {
        ours.segment().set(ValueLayout.JAVA_LONG, 4096, 42);
        assertThat(theirs.segment().get(ValueLayout.JAVA_LONG, 4096)).isEqualTo(42);
      }
    }
  }

  private static void putSpan(MemorySegment spans, int index, MemorySegment bytes, long length) {
    spans.setAtIndex(ValueLayout.JAVA_LONG, index * 2L, bytes.address());
    spans.setAtIndex(ValueLayout.JAVA_LONG, index * 2L + 1, length);
  }

  private record Pair(Descriptor listener, Descriptor client, Descriptor server)
      implements AutoCloseable {
    static Pair connected(Path folder) {
      UnixAddress address = UnixAddress.ofPath(folder.resolve("s").toString());
      Descriptor listener = UnixSocket.listen(address, 1);
      Descriptor client = UnixSocket.connect(address);
      return new Pair(listener, client, Descriptor.own(Sockets.accept(listener.fd())));
    }

    @Override
    public void close() {
      client.close();
      server.close();
      listener.close();
    }
  }
}
