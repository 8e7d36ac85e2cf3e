package dev.aeon.fleet.manager;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of one run: sockets, the registry's storage, the agents' logs. Only its owner may look
 * inside, and it goes when closed.
 */
final class RunFolder implements AutoCloseable {
  /** A socket's path may have 107 bytes; names inside take up to 24. */
  private static final int MAX_PATH_UNITS = 80;

  private final Path path;
  private final Thread atExit = new Thread(this::delete, "clear-run-folder");

  private RunFolder(Path path) {
    this.path = path;
  }

  static RunFolder create() {
    Path parent = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    Path roomy = parent.toString().length() > MAX_PATH_UNITS - 30 ? Path.of("/tmp") : parent;
    try {
      RunFolder folder = new RunFolder(Files.createTempDirectory(roomy, "aeon-"));
      Runtime.getRuntime().addShutdownHook(folder.atExit);
      return folder;
    } catch (IOException | SecurityException failure) {
      throw new FleetException(
          "cannot create a folder for this run in "
              + roomy
              + ": no write permission there, or no such folder; set TMPDIR to one that can be"
              + " written.",
          failure);
    }
  }

  Path path() {
    return path;
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() {
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException exiting) {
      // The hook runs already, and finds nothing.
    }
  }

  private void delete() {
    try (Stream<Path> inside = Files.walk(path)) {
      List<Path> deepestFirst = inside.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    } catch (IOException | UncheckedIOException left) {
      // The system clears its temporary folder; the answer is not worth less for it.
    }
  }
}
