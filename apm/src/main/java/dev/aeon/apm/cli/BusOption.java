package dev.aeon.apm.cli;

import dev.aeon.apm.schema.ErrorCode;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where messages are: the option, else {@code $APM_BUS}, else in the directory's files. */
final class BusOption {
  private static final String IPC = "ipc://";

  @Option(
      names = {"-bus", "--bus"},
      paramLabel = "URL",
      description = {
        "where messages are: nats://HOST:4222?stream=NAME, jdbc:postgresql://HOST/DATABASE?user=NAME",
        "or ipc://DIRECTORY (default: $APM_BUS, the files of the agents' directory)"
      })
  private @Nullable String url;

  /** Whether messages are in the directory's files. */
  boolean isFiles() {
    return url().isEmpty();
  }

  /** Opens it; with files, the directory must be one. */
  Backend open(DirectoryOption directory) {
    return url().map(BusOption::at).orElseGet(() -> new FileBackend(directory.existing()));
  }

  private Optional<String> url() {
    return Optional.ofNullable(url)
        .or(() -> Optional.ofNullable(System.getenv("APM_BUS")))
        .filter(text -> !text.isEmpty());
  }

  private static Backend at(String url) {
    if (url.startsWith("nats://") || url.startsWith("tls://")) {
      return new NatsBackend(url);
    }
    if (url.startsWith("jdbc:postgresql:")) {
      return PostgresBackend.at(url);
    }
    if (url.startsWith(IPC)) {
      return new SocketBackend(Path.of(url.substring(IPC.length())));
    }
    throw CliException.refused(
        ErrorCode.E_VALIDATION_003,
        "no such bus, one begins with nats://, jdbc:postgresql: or ipc://: bus=" + url);
  }
}
