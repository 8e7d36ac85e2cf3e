package dev.aeon.spoke.model;

/** A version of another module that a version's imports resolve to. */
public record Dependency(ModuleName module, Version version) {
  /**
   * Parses {@code module@version}.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where it has another form
   */
  public static Dependency parse(String text) {
    int at = text.indexOf('@');
    if (at < 0) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "a dependency is written module@version, dependency=" + Texts.quote(text));
    }
    return new Dependency(
        new ModuleName(text.substring(0, at)), Version.parse(text.substring(at + 1)));
  }

  @Override
  public String toString() {
    return module + "@" + version;
  }
}
