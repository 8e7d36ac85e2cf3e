package dev.aeon.sp.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.Await;
import dev.aeon.sp.Message;
import dev.aeon.sp.PubSocket;
import dev.aeon.sp.PullSocket;
import dev.aeon.sp.PushSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code sp cat} at both ends, and with sockets: what nng's own tests ask of nngcat, and more. */
@Timeout(120)
class CatCommandTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  @TempDir Path folder;

  @Test
  void request_sentBeforeTheReplierListens_isAnswered() {
    CompletableFuture<Sp> asker =
        Sp.start("cat", "--async", "--connect", url(), "--req0", "-D", "ping", "--quoted");
    Sp replier =
        Sp.run("cat", "--rep0", "--listen", url(), "-D", "pong", "--ascii", "--count", "1");
    assertThat(replier.text()).isEqualTo("ping");
    assertThat(replier.exitCode()).isZero();
    Sp asked = asker.join();
    assertThat(asked.text()).isEqualTo("\"pong\"\n");
    assertThat(asked.exitCode()).isZero();
  }

  @Test
  void replier_whoseTimeIsOver_endsInAnError() {
    Sp replier = Sp.run("cat", "--rep0", "--listen", url(), "-D", "a", "--recv-timeout=1");
    assertThat(replier.errors()).isEqualTo("Receive error: Timed out\n");
    assertThat(replier.exitCode()).isEqualTo(1);
  }

  @Test
  void receiver_whoseTimeIsOver_endsWell() {
    Sp receiver = Sp.run("cat", "--pull0", "--listen", url(), "--recv-timeout=1", "--raw");
    assertThat(receiver.output()).isEmpty();
    assertThat(receiver.exitCode()).isZero();
  }

  @Test
  void sender_whoseTimeIsOver_endsInAnError() {
    Sp sender = Sp.run("cat", "--push0", "--listen", url(), "-D", "a", "--send-timeout=1");
    assertThat(sender.errors()).isEqualTo("Send error: Timed out\n");
    assertThat(sender.exitCode()).isEqualTo(1);
  }

  @Test
  void topics_subscribedTo_areTheOnlyOnesPrinted() {
    CompletableFuture<Sp> subscriber =
        Sp.start(
            "cat",
            "--async",
            "--dial=" + url(),
            "--count=3",
            "--sub0",
            "--subscribe=one",
            "--subscribe=two",
            "--quoted");
    try (PubSocket publisher = PubSocket.open()) {
      publisher.listen(url());
      awaitPipe(publisher);
      for (String each : new String[] {"xyz", "one flew", "none", "twofer", "one more"}) {
        publisher.send(each.getBytes(UTF_8));
      }
      assertThat(subscriber.join().text()).isEqualTo("\"one flew\"\n\"twofer\"\n\"one more\"\n");
    }
  }

  @Test
  void message_largerThanAllowed_isNotPrinted() {
    CompletableFuture<Sp> receiver =
        Sp.start("cat", "-X", path(), "--count=2", "--recv-maxsz=5", "--pull0", "--quoted");
    push("55555");
    push("666666");
    push("88888");
    assertThat(receiver.join().text()).isEqualTo("\"55555\"\n\"88888\"\n");
  }

  @Test
  void file_ofFourMegabytes_isSentWhole() throws IOException {
    byte[] body = new byte[4 << 20];
    new Random(1).nextBytes(body);
    Path file = Files.write(folder.resolve("file"), body);
    CompletableFuture<Sp> receiver =
        Sp.start("cat", "-X", path(), "--count=1", "--recv-maxsz=0", "--pull0", "--raw");
    Sp sender = Sp.run("cat", "-x", path(), "--push0", "--async", "--file", file.toString());
    assertThat(sender.exitCode()).isZero();
    assertThat(receiver.join().output()).isEqualTo(body);
  }

  @Test
  void standardInput_asTheFile_isSentWhole() {
    CompletableFuture<Sp> receiver =
        Sp.start("cat", "--listen", url(), "--count=1", "--pull0", "--raw");
    Sp.runWithInput("hello\n", "cat", "--connect", url(), "--async", "--push0", "--file", "-");
    assertThat(receiver.join().text()).isEqualTo("hello\n");
  }

  @Test
  void interval_withACount_sendsSoMany() {
    try (PullSocket puller = PullSocket.open()) {
      puller.listen(url());
      CompletableFuture<Sp> sender =
          Sp.start("cat", "--push0", "--dial", url(), "-Dtick", "-i", "0", "-C", "3");
      for (int i = 0; i < 3; i++) {
        assertThat(receive(puller)).isEqualTo("tick");
      }
      assertThat(sender.join().exitCode()).isZero();
      assertThat(puller.statistics().messagesReceived()).isEqualTo(3);
    }
  }

  @Test
  void verbose_always_namesTheAddresses() {
    Sp sp = Sp.run("cat", "-v", "--pull0", "--listen", url(), "--recv-timeout=1");
    assertThat(sp.text()).isEqualTo("Listening at: " + url() + "\n");
  }

  @Test
  void listener_thatIsNotThere_endsInAnError() {
    Sp sp = Sp.run("cat", "--req0", "-D", "a", "--dial", url());
    assertThat(sp.errors()).isEqualTo("Unable to dial on " + url() + ": Connection refused\n");
    assertThat(sp.exitCode()).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "nonsense, Invalid argument",
    "nonsense://a, Not supported",
    "tcp://127.0.0.1:99999, Address invalid",
    "tcp://127.0.0.1:22x, Address invalid",
    "ipc://, Address invalid"
  })
  void address_thatIsNone_isRefused(String url, String why) {
    Sp listener = Sp.run("cat", "--pull0", "--listen", url);
    Sp dialer = Sp.run("cat", "--pull0", "--dial", url);
    assertThat(listener.errors())
        .isEqualTo("Unable to create listener for %s: %s%n".formatted(url, why));
    assertThat(dialer.errors())
        .isEqualTo("Unable to create dialer for %s: %s%n".formatted(url, why));
    assertThat(listener.exitCode()).isEqualTo(1);
    assertThat(dialer.exitCode()).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"tcp://192.0.2.1:5555, Address invalid", "ipc:///nonexistent/a, Entry not found"})
  void address_thatCannotBeBound_endsInAnError(String url, String why) {
    Sp sp = Sp.run("cat", "--pull0", "--listen", url);
    assertThat(sp.errors()).isEqualTo("Unable to listen on %s: %s%n".formatted(url, why));
    assertThat(sp.exitCode()).isEqualTo(1);
  }

  @Test
  void address_inUse_endsInAnError() {
    Sp sp = Sp.run("cat", "--pull0", "--listen", url(), "--listen", url());
    assertThat(sp.errors()).isEqualTo("Unable to listen on " + url() + ": Address in use\n");
  }

  @Test
  void pairs_withDataAtBothEnds_printEachOthers() {
    CompletableFuture<Sp> first =
        Sp.start("cat", "--pair", "--listen", url(), "-D", "a", "-C", "1", "-i", "1", "--raw");
    Sp second =
        Sp.run(
            "cat", "--pair1", "--async", "--dial", url(), "-D", "b", "-C", "1", "-i", "1", "--raw");
    assertThat(second.text()).isEqualTo("a");
    assertThat(first.join().text()).isEqualTo("b");
  }

  @Test
  void surveyor_withRespondents_printsTheirResponsesAndEnds() {
    CompletableFuture<Sp> respondent =
        Sp.start("cat", "--respondent", "--listen", url(), "-D", "here", "-C", "1", "--raw");
    CompletableFuture<Sp> silent =
        Sp.start("cat", "--respondent", "--listen", url() + "2", "--recv-timeout", "3");
    Sp surveyor =
        Sp.run(
            "cat",
            "--surveyor",
            "--async",
            "-d",
            "1",
            "--dial",
            url(),
            "--dial",
            url() + "2",
            "-D",
            "who",
            "--quoted");
    assertThat(surveyor.text()).isEqualTo("\"here\"\n");
    assertThat(surveyor.exitCode()).isZero();
    assertThat(respondent.join().text()).isEqualTo("who");
    assertThat(silent.join().exitCode()).isZero();
  }

  private void push(String body) {
    try (PushSocket pusher = PushSocket.open()) {
      pusher.dial(url());
      pusher.send(body.getBytes(UTF_8));
      // Closed by the receiver, or done with: either way the message is out of the queue.
      assertThat(pusher.statistics().messagesSent()).isEqualTo(1);
    }
  }

  private static String receive(PullSocket puller) {
    try (Message message = puller.receive(SOON)) {
      return new String(message.toByteArray(), UTF_8);
    }
  }

  private static void awaitPipe(PubSocket publisher) {
    Await.until(() -> publisher.statistics().openPipes() == 1);
  }

  private String path() {
    return folder.resolve("s").toString();
  }

  private String url() {
    return "ipc:///" + path();
  }
}
