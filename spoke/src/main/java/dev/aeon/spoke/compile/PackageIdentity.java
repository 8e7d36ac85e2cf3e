package dev.aeon.spoke.compile;

import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.Version;
import java.util.Locale;

/** What a package of generated code is called, in the forms that package managers take. */
record PackageIdentity(ModuleName module, Version version) {
  private static final String NO_RELEASE = "0.0.0";

  /** Letters, digits and hyphens. */
  String hyphenated() {
    return module.value().replaceAll("[^A-Za-z0-9]+", "-").toLowerCase(Locale.ROOT);
  }

  /** Letters, digits and underscores, with a letter first. */
  String underscored() {
    String name = hyphenated().replace('-', '_');
    return Character.isDigit(name.charAt(0)) ? "schema_" + name : name;
  }

  /** A semantic version without a leading {@code v}; a commit is a pre-release of nothing. */
  String semanticVersion() {
    if (version.isCommit()) {
      return NO_RELEASE + "-commit-" + version;
    }
    String text = version.toString();
    return text.startsWith("v") ? text.substring(1) : text;
  }

  /** A version as Python orders them (PEP 440): what is no release is a development release. */
  String pythonVersion() {
    if (version.isRelease()) {
      return release();
    }
    String label = semanticVersion().substring(release().length()).replaceAll("[^A-Za-z0-9]+", ".");
    return release() + ".dev0+" + label.substring(1);
  }

  /** A version as RubyGems takes it: dots alone; a letter in it makes it a pre-release. */
  String rubyVersion() {
    return version.isRelease() ? release() : semanticVersion().replaceAll("[^A-Za-z0-9]+", ".");
  }

  private String release() {
    return version.isCommit()
        ? NO_RELEASE
        : version.major() + "." + version.minor() + "." + version.patch();
  }
}
