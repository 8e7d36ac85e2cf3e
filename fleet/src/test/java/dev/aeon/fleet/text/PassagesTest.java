package dev.aeon.fleet.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PassagesTest {
  private record Cut(int line, int begin, int end) {}

  private static List<Cut> cuts(String text) {
    List<Cut> cuts = new ArrayList<>();
    Passages.split(
        text.toCharArray(),
        text.length(),
        (line, begin, end) -> cuts.add(new Cut(line, begin, end)));
    return cuts;
  }

  private static List<Integer> lines(String text) {
    return cuts(text).stream().map(Cut::line).toList();
  }

  @Test
  void split_longText_cutsEveryTwentyLines() {
    assertThat(lines("word\n".repeat(45))).containsExactly(1, 21, 41);
  }

  @Test
  void split_blankLineAfterTenLines_endsThePassage() {
    String paragraph = "word\n".repeat(9);
    assertThat(lines(paragraph + "\n" + paragraph + "\n")).containsExactly(1, 11);
    assertThat(lines("word\n\n" + paragraph + "\n")).containsExactly(1);
  }

  @Test
  void split_leadingBlankLines_startsAtTheFirstWord() {
    assertThat(lines("\n \n\t\nword")).containsExactly(4);
  }

  @Test
  void split_noText_givesNothing() {
    assertThat(cuts("")).isEmpty();
    assertThat(cuts("\n\n  \n")).isEmpty();
  }

  @Test
  void split_overlongLine_cutsInsideAndKeepsTheLineNumber() {
    List<Cut> cuts = cuts("a\n" + "x ".repeat(Passages.MAX_UNITS));
    assertThat(cuts).hasSize(3).extracting(Cut::line).containsExactly(1, 2, 2);
  }

  @Test
  void split_surrogatePairAtTheLimit_staysWhole() {
    String text = "x".repeat(Passages.MAX_UNITS - 1) + "😀" + "y";
    assertThat(cuts(text).getFirst().end()).isEqualTo(Passages.MAX_UNITS - 1);
  }

  @Test
  void split_randomText_coversEveryWordOnceAndInOrder() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      StringBuilder text = new StringBuilder();
      random.ints(random.nextInt(3000), 0, 6).forEach(i -> text.append("ab \n\n".charAt(i % 5)));
      StringBuilder seen = new StringBuilder();
      cuts(text.toString())
          .forEach(cut -> {
            String before = text.substring(0, cut.begin());
            assertThat(cut.line())
                .as("seed=%d", seed)
                .isEqualTo(1 + (int) before.chars().filter(unit -> unit == '\n').count());
            seen.append(text, cut.begin(), cut.end());
          });
      assertThat(seen.toString().replaceAll("\\s", ""))
          .as("seed=%d", seed)
          .isEqualTo(text.toString().replaceAll("\\s", ""));
    }
  }
}
