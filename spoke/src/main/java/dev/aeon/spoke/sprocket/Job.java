package dev.aeon.spoke.sprocket;

import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.model.Language;

/** Compiling one version for one language. */
public record Job(Dependency version, Language language) {
  /** A name for a file: no two jobs share it. */
  String key() {
    return version.toString().replace("/", "%2F") + "." + language.id();
  }

  @Override
  public String toString() {
    return version + " " + language.id();
  }
}
