package dev.aeon.fleet.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermsTest {
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Terms.split(text, (hash, begin, end) -> words.add(text.substring(begin, end)));
    return words;
  }

  @ParameterizedTest
  @CsvSource({
    "back-pressure, back|pressure",
    "backPressure, back|Pressure",
    "BackPressure, Back|Pressure",
    "HTTPServer, HTTP|Server",
    "utf8Text, utf8|Text",
    "snake_case, snake|case",
    "x, x",
    "'Größe ändern', Größe|ändern",
    "'日本 語', 日本|語",
    "ALLCAPS, ALLCAPS",
  })
  void split_text_givesItsWords(String text, String expected) {
    assertThat(words(text)).containsExactly(expected.split("\\|"));
  }

  @Test
  void split_noLetters_givesNothing() {
    assertThat(words("!! -- \n\t …")).isEmpty();
  }

  @Test
  void split_differentCase_givesOneHash() {
    List<Long> hashes = new ArrayList<>();
    Terms.split("Slab slab SLAB", (hash, begin, end) -> hashes.add(hash));
    assertThat(hashes).hasSize(3).containsOnly(TermHash.of("slab"));
  }

  @Test
  void split_overlongTerm_passesItOver() {
    assertThat(words("a" + "b".repeat(Terms.MAX_UNITS) + " short")).containsExactly("short");
    assertThat(words("b".repeat(Terms.MAX_UNITS))).hasSize(1);
  }

  @Test
  void split_loneSurrogates_survives() {
    assertThat(words("a\ud800b \udc00 c")).containsExactly("a", "b", "c");
  }
}
