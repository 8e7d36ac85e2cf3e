package dev.aeon.slabs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the descriptors of this process lead to. */
public final class OpenDescriptors {
  private OpenDescriptors() {}

  /** The number and the target of each, such as {@code 7 socket:[4711]}. */
  public static Set<String> all() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.map(OpenDescriptors::described).collect(Collectors.toSet());
    }
  }

  private static String described(Path descriptor) {
    try {
      return descriptor.getFileName() + " " + Files.readSymbolicLink(descriptor);
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }
}
