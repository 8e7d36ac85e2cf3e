package dev.aeon.apm.internal.files;

import dev.aeon.apm.fsck.Examination;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Finds files that {@link AtomicFiles} began and a crash kept it from finishing. */
public final class Leftovers {
  /** A younger one may still be written. */
  private static final Duration AGE = Duration.ofMinutes(1);

  private Leftovers() {}

  /** Examines a directory, which need not be there. */
  public static void examine(Path directory, Examination examination) throws IOException {
    Instant old = Instant.now().minus(AGE);
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, ".*.tmp")) {
      for (Path path : found) {
        if (Files.getLastModifiedTime(path).toInstant().isBefore(old)) {
          examination.found(path, "left by a crash", () -> Files.deleteIfExists(path));
        }
      }
    } catch (NoSuchFileException _) {
      // Nothing there, nothing left.
    }
  }
}
