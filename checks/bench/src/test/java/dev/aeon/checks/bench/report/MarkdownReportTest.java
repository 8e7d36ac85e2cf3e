package dev.aeon.checks.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarkdownReportTest {
  private static final Map<String, String> SIZE = Map.of("byteSize", "64");

  private static Measurement figure(String system, String better, double median) {
    return new Measurement(
        "RoundTrip", system, "us/op", better, median, 1, 2 * median, 1.5 * median, 3, SIZE);
  }

  @Test
  void ratio_whereLowerIsBetter_isPeerOverOurs() {
    Measurement ours = figure("aeon", "lower", 5);

    assertThat(ours.ratioTo(figure("nng", "lower", 20))).isEqualTo(4);
  }

  @Test
  void ratio_whereHigherIsBetter_isOursOverPeer() {
    Measurement ours = figure("aeon", "higher", 5);

    assertThat(ours.ratioTo(figure("nng", "higher", 20))).isEqualTo(0.25);
  }

  @Test
  void table_putsRatiosBeforeTheFiguresOfEveryPeer() {
    String table =
        report(
                figure("nng", "lower", 20),
                figure("aeon-virtual", "lower", 8),
                figure("aeon", "lower", 5),
                figure("nanomsg", "lower", 10))
            .tables();

    assertThat(table)
        .contains("## RoundTrip (us/op, lower is better)")
        .contains("| byteSize | aeon | aeon-virtual | nanomsg | nng |")
        .contains("| 64 | 5.00 (7.50) | 8.00 (12.00) | **2.00 ×** 10.00 | **4.00 ×** 20.00 |");
  }

  @Test
  void table_ofZeros_hasNoRatios() {
    assertThat(report(figure("aeon", "lower", 0), figure("nng", "lower", 0)).tables())
        .contains("| 64 | 0.00 (0.00) | 0.00 |");
  }

  @Test
  void page_showsEachPlot() {
    String page =
        report(figure("aeon", "lower", 5)).page("As is.", List.of(Path.of("sp/roundtrip.svg")));

    assertThat(page).startsWith("# Performance: sp").contains("![](sp/roundtrip.svg)");
  }

  private static MarkdownReport report(Measurement... measurements) {
    return new MarkdownReport("sp", List.of(measurements), List.of());
  }
}
