package dev.aeon.spoke.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Files that lie beside these classes. */
final class Resources {
  private Resources() {}

  static byte[] read(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalStateException("a resource is missing, name=" + name));
  }

  /** A file that a build may have left out. */
  static Optional<byte[]> find(String name) {
    try (InputStream in = Resources.class.getResourceAsStream(name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
