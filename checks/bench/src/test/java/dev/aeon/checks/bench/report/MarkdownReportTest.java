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
  void table_putsRatiosToEveryPeerFirst() {
    String table =
        new MarkdownReport(
                "sp",
                List.of(
                    figure("aeon", "lower", 5),
                    figure("nanomsg", "lower", 10),
                    figure("nng", "lower", 20)))
            .table();

    assertThat(table)
        .contains("| 2.00 × nanomsg, 4.00 × nng | RoundTrip, byteSize 64 | aeon | 5.00 us/op |");
  }

  @Test
  void page_showsEachPlot() {
    String page =
        new MarkdownReport("sp", List.of(figure("aeon", "lower", 5)))
            .page("As is.", List.of(Path.of("sp/roundtrip.svg")));

    assertThat(page).startsWith("# Performance: sp").contains("![](sp/roundtrip.svg)");
  }
}
