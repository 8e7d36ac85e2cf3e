package dev.aeon.spoke.model;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The path of a {@code .proto} file within its module: segments of letters, digits, {@code _},
 * {@code -} and {@code .} with {@code /} between, none of them {@code .}, {@code ..}, hidden or a
 * device's name; so it can never lead out of a folder.
 */
public record ProtoPath(String value) implements Comparable<ProtoPath> {
  private static final int MAX_LENGTH = 200;
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

  /**
   * Checks the path.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where it is no legal path
   */
  public ProtoPath {
    boolean isLegal =
        value.length() <= MAX_LENGTH
            && value.endsWith(".proto")
            && List.of(value.split("/", -1)).stream().allMatch(ProtoPath::isLegal);
    if (!isLegal) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "a file path is relative, stays in its module and ends with .proto, path="
              + Texts.quote(value));
    }
  }

  private static boolean isLegal(String segment) {
    return SEGMENT.matcher(segment).matches() && PathSegments.isPlain(segment);
  }

  @Override
  public int compareTo(ProtoPath other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
