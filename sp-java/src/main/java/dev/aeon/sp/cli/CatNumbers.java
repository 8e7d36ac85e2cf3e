package dev.aeon.sp.cli;

import java.time.Duration;

/** Numbers as nngcat reads them: decimal digits and nothing else. */
final class CatNumbers {
  private static final int SECONDS_A_DAY = 86_400;

  private CatNumbers() {}

  static int parse(String text, int most) {
    if (text.isEmpty()) {
      throw new FatalException("Empty integer argument.");
    }
    long value = 0;
    for (int index = 0; index < text.length(); index++) {
      value = value * 10 + digit(text.charAt(index));
      if (value > most) {
        throw new FatalException("Integer argument too large.");
      }
    }
    return (int) value;
  }

  /** Whole seconds, a day at most. */
  static Duration seconds(String text) {
    return Duration.ofSeconds(parse(text, SECONDS_A_DAY));
  }

  private static int digit(char each) {
    if (each < '0' || each > '9') {
      throw new FatalException("Integer argument expected.");
    }
    return each - '0';
  }
}
