package dev.aeon.checks.bench.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandRunTest {
  @TempDir Path folder;

  @Test
  void command_thatEnds_hasItsOutputKept() throws Exception {
    CommandRun run = CommandRun.of(folder, folder, 100, List.of("sh", "-c", "echo hi; exit 100"));
    assertThat(run.wallSeconds()).isPositive();
    assertThat(Files.readString(folder.resolve("out"))).isEqualTo("hi\n");
  }

  @Test
  void command_thatFails_isToldWithWhatItSaid() {
    assertThatThrownBy(
            () -> CommandRun.of(folder, folder, 100, List.of("sh", "-c", "echo no >&2; exit 7")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("said=no");
  }

  @Test
  void times_ofShellAndChildren_addUp() {
    assertThat(CommandRun.cpuSeconds("0m0.010s 0m0.020s\n1m2.500000s 0m0.250000s\n"))
        .isCloseTo(62.78, within(1e-9));
  }
}
