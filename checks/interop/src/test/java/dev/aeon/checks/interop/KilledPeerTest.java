package dev.aeon.checks.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.checks.interop.CatProcess.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same socket of ours through three lives of a peer, each of which ends by kill -9. */
@DisplayName("After the peer was killed and came back")
@ExtendWith(InteropTable.class)
class KilledPeerTest {
  private static final int LIVES = 3;
  @TempDir Path folder;

  record Case(Addresses transport, Pattern ours, Tool tool, boolean weListen) {
    String way() {
      return weListen ? "--connect" : "--bind";
    }

    @Override
    public String toString() {
      return "%s, we are %s | %s %s"
          .formatted(transport, ours, tool.command, weListen ? "dials" : "listens");
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Addresses transport : List.of(Addresses.IPC, Addresses.TCP)) {
      for (Pattern ours : List.of(Pattern.REQ, Pattern.REP, Pattern.PULL, Pattern.PAIR)) {
        for (Tool tool : Tool.values()) {
          cases.add(new Case(transport, ours, tool, true));
          cases.add(new Case(transport, ours, tool, false));
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void conversation_afterThePeerWasKilled_goesOn(Case each) {
    String url = each.transport().fresh(folder);
    try (Peer ours = AeonPeer.open(each.ours())) {
      if (each.weListen()) {
        ours.listen(url);
      } else {
        ours.dial(url);
      }
      for (int life = 0; life < LIVES; life++) {
        converse(each, ours, url, "life " + life);
      }
    }
  }

  private static void converse(Case each, Peer ours, String url, String text) {
    String way = each.way();
    byte[] body = text.getBytes(UTF_8);
    switch (each.ours()) {
      case REQ -> {
        try (CatProcess _ = CatProcess.start(each.tool(), "--rep", way, url, "-D", text)) {
          ours.send("request".getBytes(UTF_8));
          assertThat(ours.receive(Peer.TIMEOUT_MILLIS)).isEqualTo(body);
        }
      }
      case REP -> {
        try (CatProcess cat =
            CatProcess.start(each.tool(), "--req", way, url, "-D", text, "--raw")) {
          assertThat(ours.receive(Peer.TIMEOUT_MILLIS)).isEqualTo(body);
          ours.send(body);
          assertThat(cat.output(body.length)).isEqualTo(body);
        }
      }
      case PULL -> {
        try (CatProcess _ = CatProcess.start(each.tool(), "--push", way, url, "-D", text)) {
          assertThat(ours.receive(Peer.TIMEOUT_MILLIS)).isEqualTo(body);
        }
      }
      default -> {
        try (CatProcess _ =
            CatProcess.start(each.tool(), pair(each.tool()), way, url, "-D", text)) {
          assertThat(ours.receive(Peer.TIMEOUT_MILLIS)).isEqualTo(body);
        }
      }
    }
  }

  private static String pair(Tool tool) {
    return tool == Tool.NNGCAT ? "--pair0" : "--pair";
  }
}
