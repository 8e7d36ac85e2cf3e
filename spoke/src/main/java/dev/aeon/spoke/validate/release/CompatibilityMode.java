package dev.aeon.spoke.validate.release;

import dev.aeon.spoke.model.SpokeException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The modes that users of the Confluent registry know. Backward: code of the new version reads what
 * the old one wrote. Forward: code of the old version reads what the new one writes. Transitive:
 * with every release instead of the last.
 */
public enum CompatibilityMode {
  NONE(false, false, false),
  BACKWARD(true, false, false),
  BACKWARD_TRANSITIVE(true, false, true),
  FORWARD(false, true, false),
  FORWARD_TRANSITIVE(false, true, true),
  FULL(true, true, false),
  FULL_TRANSITIVE(true, true, true);

  /** What a reader stumbles over; a field that is gone is skipped or absent, and so is none. */
  static final List<String> RULES =
      List.of(
          "FIELD_SAME_ONEOF",
          "FIELD_WIRE_COMPATIBLE_CARDINALITY",
          "FIELD_WIRE_COMPATIBLE_TYPE",
          "FILE_SAME_PACKAGE",
          "MESSAGE_SAME_REQUIRED_FIELDS",
          "PACKAGE_MESSAGE_NO_DELETE");

  private final boolean isBackward;
  private final boolean isForward;
  private final boolean isTransitive;

  CompatibilityMode(boolean isBackward, boolean isForward, boolean isTransitive) {
    this.isBackward = isBackward;
    this.isForward = isForward;
    this.isTransitive = isTransitive;
  }

  /**
   * A mode by its name.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where there is none
   */
  public static CompatibilityMode parse(String text) {
    try {
      return valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "no such mode, compatibility='" + text + "' known=" + Arrays.toString(values()),
          e);
    }
  }

  boolean isBackward() {
    return isBackward;
  }

  boolean isForward() {
    return isForward;
  }

  boolean isTransitive() {
    return isTransitive;
  }
}
