package dev.aeon.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aeon.fleet.manager.FleetException;
import dev.aeon.fleet.manager.FleetSettings;
import dev.aeon.fleet.manager.FoundPassage;
import dev.aeon.fleet.manager.SearchFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetRankingTest {
  /** What single precision may lose over 1,024 products. */
  private static final double ROUNDING = 2e-6;

  @TempDir Path folder;

  private static void assertSameRanking(
      List<FoundPassage> found, List<IndependentRanking.Ranked> expected) {
    assertThat(found).hasSize(Math.min(10, expected.size()));
    for (int rank = 0; rank < found.size(); rank++) {
      FoundPassage passage = found.get(rank);
      assertThat((double) passage.score()).isCloseTo(expected.get(rank).score(), within(ROUNDING));
      double score = scoreOf(passage, expected);
      assertThat(score).as("rank %d", rank).isCloseTo(passage.score(), within(ROUNDING));
      boolean clear = isClear(rank, expected);
      if (clear) {
        assertThat(passage.path() + ":" + passage.line())
            .isEqualTo(expected.get(rank).path() + ":" + expected.get(rank).line());
      }
    }
  }

  private static double scoreOf(FoundPassage passage, List<IndependentRanking.Ranked> expected) {
    return expected.stream()
        .filter(each -> each.path().equals(passage.path()) && each.line() == passage.line())
        .mapToDouble(IndependentRanking.Ranked::score)
        .findFirst()
        .orElseThrow();
  }

  /** Neighbours nearer than rounding may change places, unless they are equal in both. */
  private static boolean isClear(int rank, List<IndependentRanking.Ranked> expected) {
    double score = expected.get(rank).score();
    return (rank == 0 || apart(expected.get(rank - 1).score(), score))
        && (rank + 1 >= expected.size() || apart(expected.get(rank + 1).score(), score));
  }

  private static boolean apart(double left, double right) {
    return left == right || Math.abs(left - right) > ROUNDING;
  }

  @Test
  void ask_madeUpCorpus_ranksLikeTheIndependentComputation() throws IOException {
    FleetRuns.corpus(folder, 60);
    Files.writeString(folder.resolve("twin-b.txt"), "zebra crossing\n");
    Files.writeString(folder.resolve("twin-a.txt"), "zebra crossing\n");
    IndependentRanking independent = new IndependentRanking(folder);
    try (SearchFleet fleet = SearchFleet.start(FleetRuns.settings(folder, 2), FleetRuns.SILENT)) {
      assertThat(fleet.report().vectors()).isEqualTo(independent.passageCount());
      for (String query :
          List.of("word1", "worda wordb wordc", "zebra", "word2ZZ wordA", "nowhere")) {
        assertSameRanking(FleetRuns.ask(fleet, query), independent.rank(query));
      }
      assertThat(FleetRuns.ask(fleet, "zebra"))
          .extracting(FoundPassage::path)
          .containsExactly("twin-a.txt", "twin-b.txt");
    }
  }

  @Test
  void ask_thisRepository_ranksLikeTheIndependentComputation() throws IOException {
    Path root = Path.of(System.getProperty("aeon.root")).toRealPath();
    IndependentRanking independent = new IndependentRanking(root);
    try (SearchFleet fleet = SearchFleet.start(FleetRuns.settings(root, 2), FleetRuns.SILENT)) {
      for (String query : List.of("back-pressure", "which memory do slabs come from")) {
        List<FoundPassage> found = FleetRuns.ask(fleet, query);
        assertThat(found).isNotEmpty();
        assertSameRanking(found, independent.rank(query));
      }
    }
  }

  @Test
  void ask_moreAgentsOrNoMemory_answersTheSame() throws IOException {
    FleetRuns.corpus(folder, 30);
    String query = "word5 wordq wordk1";
    List<FoundPassage> one = FleetRuns.answer(FleetRuns.settings(folder, 1), query);
    assertThat(one).isNotEmpty();
    assertThat(FleetRuns.answer(FleetRuns.settings(folder, 3), query)).isEqualTo(one);
    FleetSettings noMemory = new FleetSettings(folder, 1, "host", "auto", 0);
    assertThat(FleetRuns.answer(noMemory, query)).isEqualTo(one);
  }

  @Test
  void ask_programsOnTheVulkanDevice_answersTheSame() throws IOException {
    FleetRuns.corpus(folder, 30);
    String query = "word5 wordq wordk1";
    FleetSettings vulkan = new FleetSettings(folder, 1, "vulkan", "vulkan", 64L << 20);
    List<FoundPassage> found;
    try {
      found = FleetRuns.answer(vulkan, query);
    } catch (FleetException noDevice) {
      assumeTrue(false, noDevice.getMessage());
      return;
    }
    assertThat(found).isEqualTo(FleetRuns.answer(FleetRuns.settings(folder, 1), query));
  }
}
