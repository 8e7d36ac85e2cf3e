package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ReconnectTest {
  @TempDir private Path folder;

  private void listenerComesAndGoes(String first) {
    try (PushSocket push = PushSocket.open()) {
      String url = first;
      for (int round = 0; round < 5; round++) {
        try (PullSocket pull = PullSocket.open()) {
          url = pull.listen(url).url();
          if (round == 0) {
            push.dial(url);
          }
          push.send(new byte[] {(byte) round});
          assertThat(pull.receive().toByteArray()).containsExactly(round);
        }
        Await.openPipes(push, 0);
      }
      assertThat(push.statistics().pipesOpened()).isEqualTo(5);
    }
  }

  @Test
  void ipcListener_comesAndGoes_dialerFollows() {
    listenerComesAndGoes("ipc://" + folder.resolve("s"));
  }

  @Test
  void tcpListener_comesAndGoes_dialerFollows() {
    listenerComesAndGoes("tcp://127.0.0.1:0");
  }

  @Test
  void inprocListener_comesAndGoes_dialerFollows() {
    listenerComesAndGoes("inproc://reconnect");
  }
}
