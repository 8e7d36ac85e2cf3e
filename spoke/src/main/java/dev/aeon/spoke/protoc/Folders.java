package dev.aeon.spoke.protoc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Temporary folders. */
public final class Folders {
  private Folders() {}

  /** Deletes a folder and all in it; what cannot be deleted is logged and left. */
  public static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      LoggerFactory.getLogger(Folders.class).warn("cannot delete {}: {}", folder, e.getMessage());
    }
  }
}
