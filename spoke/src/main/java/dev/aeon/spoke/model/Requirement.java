package dev.aeon.spoke.model;

/** A module, and which of its versions will do. */
public record Requirement(ModuleName module, VersionRange range) {
  /**
   * Parses {@code module@range}; a module alone means its latest release.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where it has another form
   */
  public static Requirement parse(String text) {
    int at = text.indexOf('@');
    String range = at < 0 ? "latest" : text.substring(at + 1);
    return new Requirement(
        new ModuleName(at < 0 ? text : text.substring(0, at)), new VersionRange(range));
  }

  /** Exactly one version. */
  public static Requirement of(Dependency dependency) {
    return new Requirement(dependency.module(), new VersionRange(dependency.version().toString()));
  }

  @Override
  public String toString() {
    return module + "@" + range;
  }
}
