package dev.aeon.spoke.model;

import java.util.regex.Pattern;

/** A module's name: 1 to 100 lower-case letters, digits, {@code .}, {@code _} or {@code -}. */
public record ModuleName(String value) implements Comparable<ModuleName> {
  private static final Pattern LEGAL = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,98}[a-z0-9])?");

  /**
   * Checks the name.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where it is no legal name
   */
  public ModuleName {
    if (!LEGAL.matcher(value).matches() || value.contains("..")) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "a module name is 1 to 100 lower-case letters, digits, '.', '_' or '-', starting and"
              + " ending with a letter or digit, name="
              + Texts.quote(value));
    }
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
