package dev.aeon.spoke.access;

import dev.aeon.spoke.model.SpokeException;
import java.util.Arrays;
import java.util.Locale;

/** What a caller may do; each role may do all that those before it may. */
public enum Role {
  /** Whoever asks: health, metrics, the documentation of the interface. */
  NONE,
  READ,
  /** Publish versions and have them compiled. */
  PUSH,
  /** Change settings of modules. */
  ADMIN;

  /**
   * Finds a role by its name in any case.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where there is none of that name
   */
  public static Role parse(String name) {
    return Arrays.stream(values())
        .filter(role -> role.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() ->
            new SpokeException(
                SpokeException.Code.INVALID_REQUEST,
                "a role is one of " + Arrays.toString(values()).toLowerCase(Locale.ROOT)));
  }

  /** Whether this role may do what needs {@code needed}. */
  public boolean includes(Role needed) {
    return compareTo(needed) >= 0;
  }
}
