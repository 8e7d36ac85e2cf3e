package dev.aeon.apm.message;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A semantic version of the protocol (section 5). */
public record ProtocolVersion(int major, int minor, int patch) {
  /** What we speak. */
  public static final ProtocolVersion CURRENT = new ProtocolVersion(1, 0, 0);

  private static final Pattern GRAMMAR =
      Pattern.compile("(0|[1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})");

  public static Optional<ProtocolVersion> parse(String text) {
    Matcher matcher = GRAMMAR.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new ProtocolVersion(number(matcher, 1), number(matcher, 2), number(matcher, 3)))
        : Optional.empty();
  }

  /** Whether we can read messages of this version: any of our major. */
  public boolean isSupported() {
    return major == CURRENT.major;
  }

  /** Whether it may add fields, types and values that we do not know. */
  public boolean isNewerMinor() {
    return isSupported() && minor > CURRENT.minor;
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
