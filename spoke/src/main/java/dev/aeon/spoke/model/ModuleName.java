package dev.aeon.spoke.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A module's name: one to four segments with {@code /} between, such as {@code common} or {@code
 * acme/payments}, together at most 100 characters. A segment has letters, digits, {@code .}, {@code
 * _} and {@code -}, starts and ends with a letter or digit, and is no device's name and not {@code
 * versions}, which would meet the folders of the store.
 */
public record ModuleName(String value) implements Comparable<ModuleName> {
  private static final int MAX_LENGTH = 100;
  private static final int MAX_SEGMENTS = 4;
  private static final Pattern SEGMENT =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?");

  /**
   * Checks the name.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where it is no legal name
   */
  public ModuleName {
    if (!isLegal(value)) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "a module name is one to four segments of letters, digits, '.', '_' or '-' with '/'"
              + " between, each starting and ending with a letter or digit, at most 100 characters,"
              + " name="
              + Texts.quote(value));
    }
  }

  /** The name; empty where it is no legal one. */
  public static Optional<ModuleName> ifLegal(String value) {
    return isLegal(value) ? Optional.of(new ModuleName(value)) : Optional.empty();
  }

  private static boolean isLegal(String value) {
    if (value.isEmpty() || value.length() > MAX_LENGTH || value.contains("..")) {
      return false;
    }
    String[] segments = value.split("/", -1);
    return segments.length <= MAX_SEGMENTS
        && Arrays.stream(segments).allMatch(ModuleName::isLegalSegment);
  }

  private static boolean isLegalSegment(String segment) {
    return SEGMENT.matcher(segment).matches()
        && PathSegments.isPlain(segment)
        && !segment.equals("versions");
  }

  @Override
  public int compareTo(ModuleName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
