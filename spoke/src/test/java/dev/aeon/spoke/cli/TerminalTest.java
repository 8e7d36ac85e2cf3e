package dev.aeon.spoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private final StringWriter screen = new StringWriter();

  @AfterEach
  void leaveTheTerminal() {
    System.clearProperty("aeon.terminal.out");
    System.clearProperty("aeon.terminal.err");
  }

  @Test
  void bar_onATerminal_fillsUpAndGoes() {
    try (Progress progress = new Progress(new PrintWriter(screen), "pulling", 2, true)) {
      progress.step("common");
      assertThat(screen.toString()).contains("pulling ███", "░ 1/2 common");
      progress.step("order");
      assertThat(screen.toString()).contains("█ 2/2 order").doesNotEndWith("\u001b[K");
    }
    assertThat(screen.toString()).endsWith("\r\u001b[K");
  }

  @Test
  void bar_elsewhere_isSilent() {
    try (Progress progress = new Progress(new PrintWriter(screen), "pulling", 2, false)) {
      progress.step("common");
    }
    assertThat(screen.toString()).isEmpty();
  }

  @Test
  void colors_areForTerminalsAlone_unlessTheUserWantsNone() {
    assertThat(colored()).isEqualTo("done");
    System.setProperty("aeon.terminal.out", "true");
    assertThat(colored()).isEqualTo("done");
    System.setProperty("aeon.terminal.err", "true");
    boolean isWanted = System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
    assertThat(colored().contains("\u001b[")).isEqualTo(isWanted);
  }

  private static String colored() {
    return Terminal.colors().ansi().string("@|green done|@");
  }
}
