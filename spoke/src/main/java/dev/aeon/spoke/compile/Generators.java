package dev.aeon.spoke.compile;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions of the generators that this build ships, as the build wrote them down. */
final class Generators {
  private static final Properties VERSIONS = load();

  private Generators() {}

  static String version(String generator) {
    String version = VERSIONS.getProperty(generator);
    if (version == null) {
      throw new IllegalArgumentException("no such generator, name=" + generator);
    }
    return version;
  }

  private static Properties load() {
    Properties versions = new Properties();
    try {
      versions.load(
          new StringReader(ManifestTemplate.read("META-INF/spoke/generators.properties")));
      return versions;
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory does not fail", e);
    }
  }
}
