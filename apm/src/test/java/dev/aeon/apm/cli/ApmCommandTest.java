package dev.aeon.apm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.track.DeliveryException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What holds for all commands. */
class ApmCommandTest {
  private static final Path DOCS =
      Path.of(System.getProperty("aeon.root"), "docs", "apm", "cli.md");

  static Iterable<String> commands() {
    return ApmCommand.newCommandLine().getSubcommands().keySet();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void help_ofEveryCommand_says(String command) {
    CommandRun help = CommandRun.of(command, "--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).startsWith("Usage: apm " + command);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void page_ofTheCommandLine_describesEveryCommand(String command) throws IOException {
    assertThat(Files.readString(DOCS)).contains("apm " + command);
  }

  @Test
  void command_thatIsNone_isRefused() {
    CommandRun run = CommandRun.of("fly");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("fly");
  }

  @ParameterizedTest
  @CsvSource({"E_SYSTEM_002, 4", "E_SYSTEM_001, 4", "E_SYSTEM_004, 3", "E_TASK_002, 1"})
  void message_thatCannotBeSent_isBrokenUnreachableOrRefused(ErrorCode code, int exitCode) {
    CommandLine command = ApmCommand.newCommandLine();
    command.setErr(new PrintWriter(new StringWriter()));
    assertThat(Failures.report(new DeliveryException(code, "why"), command)).isEqualTo(exitCode);
  }

  @Test
  void completion_ofBashAndZsh_knowsCommandsAndOptions() {
    assertThat(CommandRun.of("completion").out())
        .startsWith("#!/usr/bin/env bash")
        .contains("ZSH_VERSION", "validate", "--dir");
  }

  @Test
  void launcher_startsThisCommand() throws IOException {
    Path launcher = Path.of(System.getProperty("aeon.root"), "fleet/src/main/dist/bin/apm");
    assertThat(Files.readString(launcher)).contains(ApmCommand.class.getName());
  }
}
