package dev.aeon.spoke.cli;

import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

/** What the launcher says of the terminal; programs and files get neither colours nor progress. */
final class Terminal {
  private Terminal() {}

  static boolean hasErr() {
    return Boolean.getBoolean("aeon.terminal.err");
  }

  static boolean hasOut() {
    return Boolean.getBoolean("aeon.terminal.out");
  }

  /** Colours, unless {@code NO_COLOR} is set (no-color.org). */
  static ColorScheme colors() {
    boolean isWanted = System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
    return Help.defaultColorScheme(hasOut() && hasErr() && isWanted ? Ansi.ON : Ansi.OFF);
  }
}
