package dev.aeon.apm.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times are read with 0 to 9 fraction digits in UTC and written with three. */
class TimestampsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2025-11-12T10:30:45Z",
        "2025-11-12T10:30:45.1Z",
        "2025-11-12T10:30:45.123456789Z",
        "2025-11-12T10:30:45.123+00:00",
        "2024-02-29T23:59:59Z"
      })
  void parse_timeInUtc_isThatTime(String text) {
    assertThat(Timestamps.parse(text)).contains(Instant.parse(text.replace("+00:00", "Z")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2025-11-12",
        "2025-11-12T10:30:45",
        "2025-11-12T10:30:45.Z",
        "2025-11-12T10:30:45.1234567891Z",
        "2025-11-12T10:30:45+01:00",
        "2025-11-12T10:30:45-00:00",
        "2025-11-12 10:30:45Z",
        "2025-02-29T10:30:45Z",
        "2025-11-12T24:00:00Z",
        "2025-11-12T10:30:60Z",
        "\u0662025-11-12T10:30:45Z"
      })
  void parse_anythingElse_isNone(String text) {
    assertThat(Timestamps.parse(text)).isEmpty();
  }

  @Test
  void format_anyTime_hasThreeDigitsAndZ() {
    assertThat(Timestamps.format(Instant.parse("2025-11-12T10:30:45.123456Z")))
        .isEqualTo("2025-11-12T10:30:45.123Z");
    assertThat(Timestamps.format(Instant.parse("2025-11-12T10:30:45Z")))
        .isEqualTo("2025-11-12T10:30:45.000Z");
  }
}
