package dev.aeon.spoke.validate.config;

import dev.aeon.spoke.model.SpokeException;

/** The versions of a configuration; each has its own rules and categories. */
public enum ConfigVersion {
  V1BETA1("v1beta1", 2),
  V1("v1", 3),
  V2("v2", 4);

  private final String text;
  private final int column;

  ConfigVersion(String text, int column) {
    this.text = text;
    this.column = column;
  }

  /** Where the table of rules has what belongs to this version. */
  int column() {
    return column;
  }

  /**
   * A version by its text.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where there is none
   */
  public static ConfigVersion parse(String text) {
    for (ConfigVersion version : values()) {
      if (version.text.equals(text)) {
        return version;
      }
    }
    throw new SpokeException(
        SpokeException.Code.INVALID_REQUEST,
        "no such configuration version, version='" + text + "' known=v1beta1, v1, v2");
  }

  @Override
  public String toString() {
    return text;
  }
}
