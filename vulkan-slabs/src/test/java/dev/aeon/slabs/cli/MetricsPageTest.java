package dev.aeon.slabs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MetricsPageTest {
  private static final String PAGE =
      """
      # HELP psyne_shard_records
      # TYPE psyne_shard_records gauge
      psyne_shard_records{shard="10"} 7.0
      psyne_shard_records{shard="2"} 1.5E3
      psyne_shards 2.0
      psyne_odd +Inf
      """;

  @Test
  void samples_ofAPage_areFoundByNameAndLabel() {
    MetricsPage page = MetricsPage.parse(PAGE);
    assertThat(page.value("psyne_shard_records", "2")).isEqualTo(1500);
    assertThat(page.value("psyne_shards", "")).isEqualTo(2);
    assertThat(page.value("psyne_odd", "")).isInfinite();
    assertThat(page.value("psyne_none", "")).isZero();
    assertThat(page.labels("psyne_shard_records")).containsExactly("2", "10");
  }

  @Test
  void page_cutAnywhere_isReadOrRefusedByItsOwnException() {
    for (int length = 0; length < PAGE.length(); length++) {
      String cut = PAGE.substring(0, length);
      try {
        assertThat(MetricsPage.parse(cut).samples()).hasSizeLessThanOrEqualTo(3);
      } catch (MetricsPageException refused) {
        assertThat(refused).hasMessageContaining("line=");
      }
    }
  }

  @Test
  void lines_thatAreNoSamples_areNamedByTheirNumber() {
    assertThatThrownBy(() -> MetricsPage.parse("a 1\n<html>\n"))
        .isInstanceOf(MetricsPageException.class)
        .hasMessageContaining("line=2");
    assertThatThrownBy(() -> MetricsPage.parse("a one")).hasMessageContaining("value=one");
  }

  @Test
  void rates_comeFromTwoPages() {
    MetricsPage before =
        MetricsPage.parse(
            "psyne_shard_ranges{shard=\"1\"} 9\npsyne_shard_records{shard=\"1\"} 100");
    MetricsPage now =
        MetricsPage.parse(
            "psyne_shard_ranges{shard=\"1\"} 9\npsyne_shard_records{shard=\"1\"} 700");
    assertThat(TopScreen.draw(before, now, 2)).contains(" 300 ");
    assertThat(TopScreen.draw(MetricsPage.EMPTY, now, Double.NaN)).contains(" - ");
  }

  @Test
  void command_thatCannotRead_saysWhere() {
    assertThat(PsyneMain.run("top", "http://127.0.0.1:1/metrics", "-n", "1"))
        .contains("psyne: cannot read http://127.0.0.1:1/metrics: ConnectException");
    assertThat(PsyneMain.run("top")).contains("Missing required parameter: 'URL'");
  }
}
