package dev.aeon.apm.cli;

import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

/** What the launcher says of the terminal; programs and files get no colours. */
final class Terminal {
  private static final int FIRST_PRINTABLE = 0x20;
  private static final int DELETE = 0x7f;
  private static final int LAST_CONTROL = 0x9f;

  private Terminal() {}

  /** Colours, unless {@code NO_COLOR} is set (no-color.org). */
  static ColorScheme colors() {
    boolean isTerminal =
        Boolean.getBoolean("aeon.terminal.out") && Boolean.getBoolean("aeon.terminal.err");
    boolean isWanted = System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
    return Help.defaultColorScheme(isTerminal && isWanted ? Ansi.ON : Ansi.OFF);
  }

  /** Text of somebody else's on one line, unable to steer the terminal that shows it. */
  static String printable(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().forEach(each -> line.appendCodePoint(steers(each) ? '\ufffd' : each));
    return line.toString();
  }

  /** Controls, and marks that turn the direction of writing. */
  private static boolean steers(int each) {
    return each < FIRST_PRINTABLE
        || (each >= DELETE && each <= LAST_CONTROL)
        || Character.getType(each) == Character.FORMAT
        || Character.getType(each) == Character.LINE_SEPARATOR
        || Character.getType(each) == Character.PARAGRAPH_SEPARATOR;
  }
}
