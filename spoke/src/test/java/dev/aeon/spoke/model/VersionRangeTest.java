package dev.aeon.spoke.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTest {
  @ParameterizedTest
  @CsvSource({
    "^1.2.0,            v1.9.3",
    "^v1.2.0,           1.2.0",
    "^0.3.1,            0.3.9",
    "~1.2.0,            1.2.7",
    ">=1.2.0 <3.0.0,    v2.9.9",
    ">=v1.2.0 <v3.0.0,  v2.9.9",
    "1.x || 3.x,        3.1.0",
    "1.2.0 - 1.4.0,     1.4.0",
    "*,                 9.9.9",
    "latest,            9.9.9",
    "v1.2.0,            v1.2.0",
    "1.2.0,             v1.2.0",
    "1.0.0-rc.1,        v1.0.0-rc.1",
    "^1.0.0-rc.1,       1.0.0-rc.2",
    "0123456789ab,      0123456789ab"
  })
  void range_contains(String range, String version) {
    assertThat(new VersionRange(range).contains(Version.parse(version))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "^1.2.0,         2.0.0",
    "^1.2.0,         1.1.9",
    "^0.3.1,         0.4.0",
    "~1.2.0,         1.3.0",
    ">=1.2.0 <3.0.0, 3.0.0",
    "^1.0.0,         1.1.0-rc.1",
    "*,              1.0.0-rc.1",
    "v1.2.0,         v1.2.1",
    "*,              0123456789ab"
  })
  void range_containsNot(String range, String version) {
    assertThat(new VersionRange(range).contains(Version.parse(version))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "one", "^", ">=", "^1.2.0; rm", "=>1", "../1", "^^1", "1..2"})
  void text_thatIsNoRange_isRefused(String text) {
    assertThatThrownBy(() -> new VersionRange(text))
        .isInstanceOf(SpokeException.class)
        .hasMessageContaining("range of versions");
  }

  @Test
  void highest_ofARange_countsNumbersAndNotLetters() {
    List<Version> versions =
        List.of(Version.parse("1.9.0"), Version.parse("1.10.0"), Version.parse("2.0.0"));
    assertThat(new VersionRange("^1.0.0").highestOf(versions)).contains(Version.parse("1.10.0"));
    assertThat(new VersionRange("^3.0.0").highestOf(versions)).isEmpty();
  }
}
