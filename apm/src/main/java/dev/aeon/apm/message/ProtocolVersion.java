package dev.aeon.apm.message;

import java.util.Optional;

/** A semantic version of the protocol (section 5). */
public record ProtocolVersion(int major, int minor, int patch)
    implements Comparable<ProtocolVersion> {
  /** What we speak. */
  public static final ProtocolVersion CURRENT = new ProtocolVersion(1, 0, 0);

  private static final int MAX_DIGITS = 9;

  public static Optional<ProtocolVersion> parse(String text) {
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    return isLegal(text)
        ? Optional.of(
            new ProtocolVersion(
                Integer.parseInt(text, 0, first, 10),
                Integer.parseInt(text, first + 1, second, 10),
                Integer.parseInt(text, second + 1, text.length(), 10)))
        : Optional.empty();
  }

  static boolean isLegal(CharSequence text) {
    int first = indexOfPoint(text, 0);
    int second = indexOfPoint(text, first + 1);
    return isNumber(text, 0, first)
        && isNumber(text, first + 1, second)
        && isNumber(text, second + 1, text.length());
  }

  /** The length where there is none. */
  private static int indexOfPoint(CharSequence text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '.') {
      at++;
    }
    return at;
  }

  private static boolean isNumber(CharSequence text, int from, int to) {
    if (to <= from || to - from > MAX_DIGITS || (text.charAt(from) == '0' && to - from > 1)) {
      return false;
    }
    for (int index = from; index < to; index++) {
      if (text.charAt(index) < '0' || text.charAt(index) > '9') {
        return false;
      }
    }
    return true;
  }

  /** Whether we can read messages of this version: any of our major. */
  public boolean isSupported() {
    return major == CURRENT.major;
  }

  /** Whether it may add fields, types and values that we do not know. */
  public boolean isNewerMinor() {
    return isSupported() && minor > CURRENT.minor;
  }

  @Override
  public int compareTo(ProtocolVersion other) {
    int byMajor = Integer.compare(major, other.major);
    int byMinor = byMajor == 0 ? Integer.compare(minor, other.minor) : byMajor;
    return byMinor == 0 ? Integer.compare(patch, other.patch) : byMinor;
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
