package dev.aeon.apm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.schema.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code apm bench} as a user types it, for a moment. */
@Timeout(300)
class BenchCommandTest {
  @TempDir Path folder;

  @Test
  void bench_ofThisDisk_measuresChannelsAndRoundTrips_andLeavesNothing() {
    CommandRun run = bench("-in-flight", "1,8", "-time", "30ms", "-json");
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    List<JsonObject> figures = run.json().objects("figures");
    assertThat(figures)
        .extracting(figure -> figure.string("figure") + " " + figure.integer("inFlight"))
        .containsExactly(
            "append and force a line 1",
            "channel of files, durable 1",
            "channel of files, durable 8",
            "round trip by files, durable 1",
            "round trip by Unix socket 1");
    assertThat(figures).allMatch(figure -> figure.integer("p50Micros") > 0);
    assertThat(figures)
        .allMatch(figure -> figure.integer("p50Micros") <= figure.integer("p99Micros"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void bench_asATable_namesEachFigure() {
    assertThat(bench("-in-flight", "1", "-time", "1ms", "-durability", "flush").out())
        .contains("IN FLIGHT", "channel of files, flush", "µs");
  }

  @Test
  void bench_outOfRange_isRefused() {
    assertThat(bench("-in-flight", "0").exitCode()).isEqualTo(1);
    assertThat(bench("-size", "99999999").exitCode()).isEqualTo(1);
    assertThat(folder).isEmptyDirectory();
  }

  private CommandRun bench(String first, String second, String... more) {
    String[] typed = new String[more.length + 5];
    List<String> start = List.of("bench", "-at", folder.toString(), first, second);
    start.toArray(typed);
    System.arraycopy(more, 0, typed, start.size(), more.length);
    return CommandRun.of(typed);
  }
}
