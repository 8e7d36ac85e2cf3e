package dev.aeon.sp.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.Message;
import dev.aeon.sp.PullSocket;
import dev.aeon.sp.SpOptions;
import dev.aeon.sp.TestCertificates;
import dev.aeon.sp.TlsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class CatTlsTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String AUTHORITY = TestCertificates.authority().toString();
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"tls+tcp://127.0.0.1:0", "wss://127.0.0.1:0/path"})
  void message_toAServerThatIsTrusted_arrives(String url) {
    try (PullSocket puller = listener(TestCertificates.server())) {
      String bound = puller.listen(url).url();
      assertThat(push(bound, "--cacert", AUTHORITY).errors()).isEmpty();
      assertThat(received(puller)).isEqualTo("secret");
    }
  }

  @Test
  void message_toAServerThatIsNotTrusted_isNotSent() {
    try (PullSocket puller = listener(TestCertificates.server())) {
      String bound = puller.listen("tls+tcp://127.0.0.1:0").url();
      Sp sp = push(bound);
      assertThat(sp.errors())
          .isEqualTo("Unable to dial on " + bound + ": Peer could not be authenticated\n");
      assertThat(sp.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void message_toAnyServerWhenInsecure_arrives() {
    try (PullSocket puller = listener(TestCertificates.server())) {
      String bound = puller.listen("tls+tcp://127.0.0.1:0").url();
      assertThat(push(bound, "-k").errors()).isEmpty();
      assertThat(received(puller)).isEqualTo("secret");
    }
  }

  @Test
  void certificate_withItsKeyInOneFile_isShown() throws IOException {
    Path both = folder.resolve("both.pem");
    Files.writeString(
        both,
        Files.readString(TestCertificates.certificate("client"))
            + Files.readString(TestCertificates.key("client")));
    TlsConfig demanding =
        TlsConfig.builder()
            .identity(TestCertificates.certificate("server"), TestCertificates.key("server"))
            .trust(TestCertificates.authority())
            .authMode(TlsConfig.AuthMode.REQUIRED)
            .build();
    try (PullSocket puller = listener(demanding)) {
      String bound = puller.listen("tls+tcp://127.0.0.1:0").url();
      assertThat(push(bound, "--cacert", AUTHORITY, "--cert", both.toString()).errors()).isEmpty();
      assertThat(received(puller)).isEqualTo("secret");
    }
  }

  @Test
  void file_thatHoldsNoCertificate_isRefused() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty"));
    assertThat(push("tls+tcp://127.0.0.1:1", "--cacert", empty.toString()).errors())
        .startsWith("Unable to configure TLS: ");
  }

  @Test
  void optionOrFile_thatIsWrong_isRefused() {
    assertThat(push("tls+tcp://127.0.0.1:1", "--key", "/nosuchfile").errors())
        .isEqualTo("Cannot open file /nosuchfile: No such file or directory\n");
    assertThat(push("tls+tcp://127.0.0.1:1", "--cacert", AUTHORITY, "--cacert", AUTHORITY).errors())
        .isEqualTo("CA Certificate (--cacert) may be specified only once.\n");
  }

  private static PullSocket listener(TlsConfig config) {
    PullSocket socket = PullSocket.open();
    socket.set(SpOptions.TLS, config);
    return socket;
  }

  private static Sp push(String url, String... more) {
    String[] arguments = {"cat", "--push0", "-D", "secret", "--dial", url};
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return Sp.run(all);
  }

  private static String received(PullSocket puller) {
    try (Message message = puller.receive(SOON)) {
      return new String(message.toByteArray(), UTF_8);
    }
  }
}
