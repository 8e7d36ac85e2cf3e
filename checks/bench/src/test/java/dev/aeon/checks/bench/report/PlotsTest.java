package dev.aeon.checks.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotsTest {
  @TempDir private Path directory;

  private static Measurement figure(String system, int byteSize, int pipes) {
    Map<String, String> parameters =
        Map.of("transport", "ipc", "byteSize", "" + byteSize, "pipes", "" + pipes);
    return new Measurement("RoundTrip", system, "us", "lower", 5, 4, 6, 9, 3, parameters);
  }

  @Test
  void plots_ofTwoNumbersThatVary_areOneForEachWithTheOtherAtItsLeast() {
    List<Plot> plots =
        new Plots(List.of(figure("aeon", 64, 1), figure("aeon", 1024, 1), figure("aeon", 64, 8)))
            .plots();

    assertThat(plots)
        .extracting(Plot::title)
        .containsExactly("RoundTrip ipc by byteSize", "RoundTrip ipc by pipes");
    assertThat(plots.getFirst().measurements())
        .containsExactly(figure("aeon", 64, 1), figure("aeon", 1024, 1));
    assertThat(plots.getLast().measurements())
        .containsExactly(figure("aeon", 64, 1), figure("aeon", 64, 8));
  }

  @Test
  void plots_ofOnePoint_areOneForTheGroup() {
    assertThat(new Plots(List.of(figure("aeon", 64, 1), figure("nng", 64, 1))).plots()).hasSize(1);
  }

  @Test
  void write_replacesEarlierFilesByDrawings() throws IOException {
    Path stale = Files.createDirectories(directory.resolve("sp")).resolve("stale.svg");
    Files.writeString(stale, "");

    List<Path> written =
        new Plots(List.of(figure("aeon", 64, 1), figure("nng", 1024, 1))).write(directory, "sp");

    assertThat(stale).doesNotExist();
    assertThat(written).containsExactly(Path.of("sp/roundtrip-ipc-by-bytesize.svg"));
    assertThat(directory.resolve(written.getFirst())).content().contains("<svg", "<path");
  }
}
