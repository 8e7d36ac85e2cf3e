package dev.aeon.checks.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The command line tool that comes with nng, as a process of its own, at either end. */
@DisplayName("Command lines")
@ExtendWith(InteropTable.class)
class NngcatTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "{0}: nngcat --rep --listen | nngcat")
  @EnumSource
  void request_toNngcat_isAnswered(Addresses transport) throws Exception {
    String url = transport.fresh(folder);
    Process nngcat = nngcat("--rep", "--listen", url, "--data", "pong");
    try (Peer ours = AeonPeer.open(Pattern.REQ)) {
      ours.dial(url);
      ours.send("ping".getBytes(UTF_8));
      assertThat(ours.receive(Peer.TIMEOUT_MILLIS)).asString(UTF_8).isEqualTo("pong");
    } finally {
      end(nngcat);
    }
  }

  @ParameterizedTest(name = "{0}: nngcat --req --dial | nngcat")
  @EnumSource
  void request_fromNngcat_getsOurAnswer(Addresses transport) throws Exception {
    String url = transport.fresh(folder);
    try (Peer ours = AeonPeer.open(Pattern.REP)) {
      ours.listen(url);
      Process nngcat = nngcat("--req", "--dial", url, "--data", "ping", "--raw");
      try {
        assertThat(ours.receive(Peer.TIMEOUT_MILLIS)).asString(UTF_8).isEqualTo("ping");
        ours.send("pong".getBytes(UTF_8));
        assertThat(nngcat.getInputStream().readNBytes(4)).asString(UTF_8).isEqualTo("pong");
      } finally {
        end(nngcat);
      }
    }
  }

  @ParameterizedTest(name = "{0}: nngcat --push --dial | nngcat")
  @EnumSource
  void message_pushedByNngcat_arrives(Addresses transport) throws Exception {
    String url = transport.fresh(folder);
    try (Peer ours = AeonPeer.open(Pattern.PULL)) {
      ours.listen(url);
      Process nngcat = nngcat("--push", "--dial", url, "--data", "work");
      try {
        assertThat(ours.receive(Peer.TIMEOUT_MILLIS)).asString(UTF_8).isEqualTo("work");
      } finally {
        end(nngcat);
      }
    }
  }

  @ParameterizedTest(name = "{0}: nngcat --pull --listen | nngcat")
  @EnumSource
  void message_pushedToNngcat_isPrinted(Addresses transport) throws Exception {
    String url = transport.fresh(folder);
    Process nngcat = nngcat("--pull", "--listen", url, "--raw");
    try (Peer ours = AeonPeer.open(Pattern.PUSH)) {
      ours.dial(url);
      ours.send("work".getBytes(UTF_8));
      assertThat(nngcat.getInputStream().readNBytes(4)).asString(UTF_8).isEqualTo("work");
    } finally {
      end(nngcat);
    }
  }

  @ParameterizedTest(name = "{0}: nngcat --pub --interval --listen | nngcat")
  @EnumSource
  void topic_publishedByNngcat_arrives(Addresses transport) throws Exception {
    String url = transport.fresh(folder);
    Process nngcat = nngcat("--pub", "--listen", url, "--data", "news", "--interval", "1");
    try (Peer ours = AeonPeer.open(Pattern.SUB)) {
      ours.dial(url);
      assertThat(ours.receive(Peer.TIMEOUT_MILLIS)).asString(UTF_8).isEqualTo("news");
    } finally {
      end(nngcat);
    }
  }

  private static Process nngcat(String... arguments) {
    List<String> command = new ArrayList<>(List.of("nngcat"));
    command.addAll(List.of(arguments));
    try {
      return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new IllegalStateException(
          "nngcat is not on this machine; install the package nng-utils.", e);
    }
  }

  private static void end(Process process) throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }
}
