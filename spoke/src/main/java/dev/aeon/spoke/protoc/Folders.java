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
  /** A file system in memory, where there is one: it spares small files the way to the disk. */
  private static final Path MEMORY = Path.of("/dev/shm");

  private static final long SMALL_BYTES = 1L << 20;
  private static final long MIN_FREE_BYTES = 32L << 20;

  private Folders() {}

  /**
   * A new temporary folder, in memory where what it is for is small.
   *
   * @param byteSize how much will be written to it, about
   */
  static Path create(String prefix, long byteSize) throws IOException {
    boolean isInMemory =
        byteSize <= SMALL_BYTES
            && Files.isWritable(MEMORY)
            && MEMORY.toFile().getUsableSpace() >= MIN_FREE_BYTES;
    return isInMemory
        ? Files.createTempDirectory(MEMORY, prefix)
        : Files.createTempDirectory(prefix);
  }

  /**
   * Deletes a folder and what is known to be in it, without looking.
   *
   * @param deepestFirst what was written to it; that of it which is gone is passed over
   */
  static void delete(Path folder, List<Path> deepestFirst) {
    try {
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      delete(folder);
    }
  }

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
