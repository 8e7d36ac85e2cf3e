package dev.aeon.apm.schema;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** RFC 3339 times: UTC with 0 to 9 fraction digits is read, milliseconds and Z are written. */
public final class Timestamps {
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|\\+00:00)", Pattern.DOTALL);
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Timestamps() {}

  public static Optional<Instant> parse(String text) {
    if (!GRAMMAR.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(text.replace("+00:00", "Z")));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  public static String format(Instant time) {
    return WRITTEN.format(time);
  }
}
