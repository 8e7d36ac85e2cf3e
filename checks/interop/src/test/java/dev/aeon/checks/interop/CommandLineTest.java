package dev.aeon.checks.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.checks.interop.CatProcess.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command line tools that come with nng and nanomsg, as processes, whoever listens. */
@DisplayName("Command lines")
@ExtendWith(InteropTable.class)
class CommandLineTest {
  private static final String WORD = "word";
  @TempDir Path folder;

  record Case(Addresses transport, Pattern theirs, Tool tool, boolean weListen) {
    CatProcess start(String url, String... more) {
      List<String> arguments = new ArrayList<>(List.of("--" + option(), way(), url));
      arguments.addAll(List.of(more));
      return CatProcess.start(tool, arguments.toArray(String[]::new));
    }

    private String way() {
      return weListen ? "--connect" : "--bind";
    }

    private String option() {
      return tool == Tool.NNGCAT ? theirs.nngName : theirs.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
      return "%s, --%s %s | %s"
          .formatted(transport, option(), weListen ? "--connect" : "--bind", tool.command);
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Addresses transport : List.of(Addresses.IPC, Addresses.TCP)) {
      for (Pattern theirs : Pattern.values()) {
        for (Tool tool : Tool.values()) {
          if (tool == Tool.NNGCAT || theirs.isKnownToNanomsg()) {
            cases.add(new Case(transport, theirs, tool, true));
            cases.add(new Case(transport, theirs, tool, false));
          }
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void word_sentOrReceivedByTheTool_arrives(Case each) {
    String url = each.transport().fresh(folder);
    try (Peer ours = AeonPeer.open(each.theirs().counterpart())) {
      if (each.weListen()) {
        ours.listen(url);
      } else {
        ours.dial(url);
      }
      switch (each.theirs()) {
        case PULL, SUB -> theyPrint(each, ours, url);
        case REP, RESPONDENT -> theyAnswer(each, ours, url);
        case REQ, SURVEYOR -> theyAsk(each, ours, url);
        default -> theySend(each, ours, url);
      }
    }
  }

  /** Publishes until the tool has printed something: what comes before it connects is lost. */
  private static void theyPrint(Case each, Peer ours, String url) {
    try (CatProcess cat = each.start(url, "--raw")) {
      int attempt = 0;
      do {
        assertThat(attempt++).as("attempts").isLessThan(Peer.ATTEMPTS);
        ours.send(WORD.getBytes(UTF_8));
      } while (!cat.printsWithin(Peer.RETRY_MILLIS));
      assertThat(cat.output(WORD.length())).asString(UTF_8).isEqualTo(WORD);
    }
  }

  private static void theyAnswer(Case each, Peer ours, String url) {
    try (CatProcess _ = each.start(url, "-D", WORD)) {
      assertThat(answer(ours)).asString(UTF_8).isEqualTo(WORD);
    }
  }

  /** Asks until somebody answers: a survey sent before they are connected is for nobody. */
  private static byte[] answer(Peer ours) {
    IllegalStateException unanswered = new IllegalStateException("no answer");
    for (int attempt = 0; attempt < Peer.ATTEMPTS; attempt++) {
      ours.send("question".getBytes(UTF_8));
      try {
        return ours.receive(Peer.RETRY_MILLIS);
      } catch (RuntimeException notYet) {
        unanswered.addSuppressed(notYet);
      }
    }
    throw unanswered;
  }

  private static void theyAsk(Case each, Peer ours, String url) {
    try (CatProcess cat = each.start(url, "-D", WORD, "--raw", "--interval", "1")) {
      assertThat(ours.receive(Peer.TIMEOUT_MILLIS)).asString(UTF_8).isEqualTo(WORD);
      ours.send(WORD.getBytes(UTF_8));
      assertThat(cat.output(WORD.length())).asString(UTF_8).isEqualTo(WORD);
    }
  }

  private static void theySend(Case each, Peer ours, String url) {
    try (CatProcess _ = each.start(url, "-D", WORD, "--interval", "1")) {
      assertThat(ours.receive(Peer.TIMEOUT_MILLIS)).asString(UTF_8).isEqualTo(WORD);
    }
  }
}
