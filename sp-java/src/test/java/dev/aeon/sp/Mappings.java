package dev.aeon.sp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What this process has mapped and opened, as the kernel lists it. */
final class Mappings {
  private Mappings() {}

  /** Regions that pipes share with their peers. */
  static long regionCount() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines.filter(line -> line.contains("/memfd:aeon-sp-ring-")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static long descriptorCount() {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
