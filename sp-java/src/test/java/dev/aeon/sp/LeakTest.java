package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LeakTest {
  @TempDir private Path folder;

  private static long descriptorCount() {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long workerCount() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("aeon-sp"))
        .count();
  }

  private void useOnce(String url) {
    try (PushSocket push = PushSocket.open();
        PullSocket pull = PullSocket.open();
        ReqSocket stranded = ReqSocket.open()) {
      push.dial(pull.listen(url).url());
      stranded.dial("ipc://" + folder.resolve("nobody"));
      push.send(new byte[100]);
      pull.receive().close();
      var _ = stranded.sendAsync(Message.copyOf(new byte[1]));
      var _ = pull.receiveAsync();
    }
  }

  @Test
  void close_ofEverything_leavesNoThreadDescriptorOrFile() throws IOException {
    useOnce("ipc://" + folder.resolve("s"));
    long before = descriptorCount();
    for (int round = 0; round < 20; round++) {
      useOnce("ipc://" + folder.resolve("s"));
      useOnce("tcp://127.0.0.1:0");
      useOnce("inproc://leak");
    }
    assertThat(descriptorCount()).isEqualTo(before);
    assertThat(workerCount()).isZero();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void tenThousandOpensAndCloses_leaveNothing() {
    try (PullSocket warm = PullSocket.open()) {
      assertThat(warm.pipes()).isEmpty();
    }
    long before = descriptorCount();
    for (int round = 0; round < 10_000; round += SocketKind.values().length) {
      for (SocketKind each : SocketKind.values()) {
        openAndClose(each);
      }
    }
    assertThat(descriptorCount()).isEqualTo(before);
    assertThat(workerCount()).isZero();
  }

  private static void openAndClose(SocketKind kind) {
    try (SpSocket socket = kind.open()) {
      var _ = socket.listen("abstract://leak");
      var _ = socket.dial("inproc://nobody");
    }
  }

  @Test
  void peersThatFail_leaveNoDescriptor() {
    try (PullSocket pull = PullSocket.open()) {
      String url = pull.listen("ipc://" + folder.resolve("s")).url();
      refuseOne(url);
      Await.closed(pull, "WRONG_PROTOCOL");
      long before = descriptorCount();
      for (int round = 0; round < 20; round++) {
        refuseOne(url);
      }
      // A connection that was being refused may have been counted before.
      Await.until(() -> descriptorCount() <= before);
      assertThat(pull.statistics().pipesOpened()).isZero();
    }
  }

  private static void refuseOne(String url) {
    try (SubSocket stranger = SubSocket.open()) {
      stranger.dial(url);
      Await.until(() -> !stranger.statistics().closesByReason().isEmpty());
    }
  }
}
