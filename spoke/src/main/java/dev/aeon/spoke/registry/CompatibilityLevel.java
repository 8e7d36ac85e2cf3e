package dev.aeon.spoke.registry;

import dev.aeon.spoke.model.SpokeException;
import java.util.Arrays;

/** Which readers must understand which writers, by the names that Confluent's registry uses. */
public enum CompatibilityLevel {
  NONE(false, false, false),
  /** New readers understand what the last version wrote. */
  BACKWARD(true, false, false),
  BACKWARD_TRANSITIVE(true, false, true),
  /** Readers of the last version understand what is written now. */
  FORWARD(false, true, false),
  FORWARD_TRANSITIVE(false, true, true),
  FULL(true, true, false),
  FULL_TRANSITIVE(true, true, true);

  private final boolean readsEarlier;
  private final boolean isReadByEarlier;
  private final boolean isTransitive;

  CompatibilityLevel(boolean readsEarlier, boolean isReadByEarlier, boolean isTransitive) {
    this.readsEarlier = readsEarlier;
    this.isReadByEarlier = isReadByEarlier;
    this.isTransitive = isTransitive;
  }

  /**
   * Finds a level by its name.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where there is none of that name
   */
  public static CompatibilityLevel parse(String name) {
    return Arrays.stream(values())
        .filter(level -> level.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new SpokeException(
                SpokeException.Code.INVALID_REQUEST,
                "no such compatibility level, known=" + Arrays.toString(values())));
  }

  boolean readsEarlier() {
    return readsEarlier;
  }

  boolean isReadByEarlier() {
    return isReadByEarlier;
  }

  boolean isTransitive() {
    return isTransitive;
  }
}
