package dev.aeon.slabs.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.posix.SharedMemory;
import dev.aeon.bindings.posix.UnixAddress;
import dev.aeon.bindings.posix.UnixSocket;
import dev.aeon.slabs.OpenDescriptors;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedTransportTest extends TransportContract {
  private static final long GREETING = 0x0001_0045_4E59_5350L;

  @TempDir Path folder;
  private int count;

  @Override
  String url() {
    return "shm://" + folder.resolve("s" + count++);
  }

  @Test
  void socketFile_thatNobodyListensAt_isTakenOver() throws Exception {
    Path path = folder.resolve("stale");
    UnixSocket.listen(UnixAddress.ofPath(path.toString()), 1).close();
    assertThat(path).exists();
    try (Acceptor acceptor = Transports.bind("shm://" + path, ConnectionOptions.DEFAULT)) {
      assertThatThrownBy(() -> Transports.bind("shm://" + path, ConnectionOptions.DEFAULT))
          .isInstanceOf(TransportException.class);
      assertThat(acceptor.address()).endsWith("stale");
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void connectors_thatOfferNoRings_areTurnedAwayAndLeaveNoDescriptor() throws Exception {
    Path path = folder.resolve("hostile");
    try (Acceptor acceptor = Transports.bind("shm://" + path, ConnectionOptions.DEFAULT);
        SharedMemory empty = SharedMemory.create("no ring", 4096)) {
      Set<String> before = socketsAndMemory();
      for (int fdCount = 0; fdCount <= 3; fdCount++) {
        offer(path, GREETING, empty, fdCount);
        offer(path, 42, empty, fdCount);
      }
      for (int look = 0; look < 50; look++) {
        assertThat(acceptor.poll()).isNull();
        LockSupport.parkNanos(1_000_000);
      }
      assertThat(socketsAndMemory()).isSubsetOf(before);
    }
  }

  private static void offer(Path path, long greeting, SharedMemory memory, int fdCount) {
    int[] fds = new int[fdCount];
    Arrays.fill(fds, memory.descriptor().fd());
    try (Descriptor socket = UnixSocket.connect(UnixAddress.ofPath(path.toString()));
        Arena arena = Arena.ofConfined()) {
      MemorySegment word = arena.allocate(ValueLayout.JAVA_LONG);
      word.set(ValueLayout.JAVA_LONG, 0, greeting);
      UnixSocket.sendDescriptors(socket, word, fds);
    }
  }

  /** Files come with classes, whenever one is loaded. */
  private static Set<String> socketsAndMemory() throws IOException {
    return OpenDescriptors.all().stream()
        .filter(each -> each.contains(" socket:") || each.contains(" /memfd:"))
        .collect(Collectors.toSet());
  }
}
