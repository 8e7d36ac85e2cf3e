package dev.aeon.apm.cli;

import dev.aeon.apm.message.Message;
import dev.aeon.apm.security.KeyFiles;
import dev.aeon.apm.security.Signatures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Signs what a command sends. */
final class KeysOption {
  @Option(
      names = {"-keys", "--keys"},
      paramLabel = "FILE",
      description = "a keyring: what is sent is signed")
  private @Nullable Path file;

  Optional<Signatures> signatures() throws IOException {
    return file == null
        ? Optional.empty()
        : Optional.of(new Signatures(KeyFiles.read(file), InstantSource.system()));
  }

  /** Finishes a message before it is sent. */
  UnaryOperator<Message> seal() throws IOException {
    return signatures().<UnaryOperator<Message>>map(each -> each::sign).orElse(message -> message);
  }
}
