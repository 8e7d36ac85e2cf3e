package dev.aeon.apm.cli;

import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which agents' directory: the option, else {@code $APM_DIR}, else {@code .apm}. */
final class DirectoryOption {
  @Option(
      names = {"-dir", "--dir"},
      paramLabel = "DIR",
      description = "the agents' directory (default: $APM_DIR, .apm)")
  private @Nullable Path directory;

  /** The directory, there or not. */
  Path path() {
    if (directory != null) {
      return named(directory);
    }
    return Optional.ofNullable(System.getenv("APM_DIR"))
        .filter(text -> !text.isEmpty())
        .map(Path::of)
        .orElse(Path.of(".apm"));
  }

  private static Path named(Path directory) {
    if (directory.toString().isEmpty()) {
      throw CliException.refused(ErrorCode.E_VALIDATION_004, "an empty name: option=-dir");
    }
    return directory;
  }

  /** Whether agents have something in the directory. */
  boolean isThere() {
    return Files.isDirectory(path().resolve("agents"))
        || Files.isDirectory(path().resolve("channels"));
  }

  /** The directory, in which agents have something. */
  Path existing() {
    Path path = path();
    if (Files.isDirectory(path) && !Files.isExecutable(path)) {
      throw CliException.refused(ErrorCode.E_SYSTEM_001, "not permitted: dir=" + path);
    }
    if (!isThere()) {
      throw CliException.refused(
          ErrorCode.E_ROUTING_003, "no agents' directory, 'apm init' makes one: dir=" + path);
    }
    return path;
  }

  /** The agents of an existing directory. */
  Registry registry() {
    return Registry.open(existing(), InstantSource.system());
  }
}
