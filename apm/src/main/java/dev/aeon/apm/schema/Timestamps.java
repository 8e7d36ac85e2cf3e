package dev.aeon.apm.schema;

import java.time.Instant;
import java.time.Month;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** RFC 3339 times: UTC with 0 to 9 fraction digits is read, milliseconds and Z are written. */
public final class Timestamps {
  private static final String SHAPE = "dddd-dd-ddTdd:dd:dd";
  private static final String ZERO_OFFSET = "+00:00";
  private static final int MAX_FRACTION_DIGITS = 9;
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Timestamps() {}

  public static Optional<Instant> parse(String text) {
    return isLegal(text)
        ? Optional.of(Instant.parse(text.replace("+00:00", "Z")))
        : Optional.empty();
  }

  /** Whether {@code text} is a time that exists. */
  public static boolean isLegal(CharSequence text) {
    if (!hasShape(text)) {
      return false;
    }
    int zone = endOfFraction(text);
    return zone >= 0
        && isZone(text, zone)
        && isDate(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
        && number(text, 11, 13) < 24
        && number(text, 14, 16) < 60
        && number(text, 17, 19) < 60;
  }

  private static boolean isZone(CharSequence text, int from) {
    int length = text.length() - from;
    return (length == 1 && text.charAt(from) == 'Z')
        || (length == ZERO_OFFSET.length()
            && ZERO_OFFSET.contentEquals(text.subSequence(from, text.length())));
  }

  private static boolean hasShape(CharSequence text) {
    if (text.length() <= SHAPE.length()) {
      return false;
    }
    for (int index = 0; index < SHAPE.length(); index++) {
      char expected = SHAPE.charAt(index);
      if (expected == 'd' ? !isDigit(text.charAt(index)) : expected != text.charAt(index)) {
        return false;
      }
    }
    return true;
  }

  /** Where the zone begins, or -1 where a fraction has no digit or too many. */
  private static int endOfFraction(CharSequence text) {
    int start = SHAPE.length();
    if (text.charAt(start) != '.') {
      return start;
    }
    int end = start + 1;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    int digits = end - start - 1;
    return digits >= 1 && digits <= MAX_FRACTION_DIGITS ? end : -1;
  }

  private static boolean isDate(int year, int month, int day) {
    return month >= 1
        && month <= 12
        && day >= 1
        && day <= Month.of(month).length(Year.isLeap(year));
  }

  private static int number(CharSequence text, int from, int to) {
    int number = 0;
    for (int index = from; index < to; index++) {
      number = 10 * number + text.charAt(index) - '0';
    }
    return number;
  }

  private static boolean isDigit(char each) {
    return each >= '0' && each <= '9';
  }

  public static String format(Instant time) {
    return WRITTEN.format(time);
  }
}
