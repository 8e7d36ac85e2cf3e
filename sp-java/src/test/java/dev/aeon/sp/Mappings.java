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

  /** Whether an address lies in such a region. */
  static boolean isShared(long address) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines
          .filter(line -> line.contains("/memfd:aeon-sp-ring-"))
          .anyMatch(line -> holds(line, address));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean holds(String line, long address) {
    int dash = line.indexOf('-');
    return address >= Long.parseUnsignedLong(line, 0, dash, 16)
        && address < Long.parseUnsignedLong(line, dash + 1, line.indexOf(' '), 16);
  }

  static long descriptorCount() {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
