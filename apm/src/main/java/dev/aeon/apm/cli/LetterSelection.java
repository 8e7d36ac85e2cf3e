package dev.aeon.apm.cli;

import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.store.DeadLetter;
import dev.aeon.apm.store.DeadLetterQueue;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whose dead letters a command is about. */
final class LetterSelection {
  @Mixin private DirectoryOption directory = new DirectoryOption();

  @Option(
      names = {"-agent", "--agent"},
      paramLabel = "ID",
      description = "only what this agent sent")
  private @Nullable AgentId agent;

  /** A dead letter and in whose queue it lies. */
  record Owned(AgentId owner, DeadLetter letter) {}

  Path directory() {
    return directory.existing();
  }

  DirectoryOption directoryOption() {
    return directory;
  }

  List<Owned> list() {
    Path path = directory.existing();
    return owners(path).stream()
        .flatMap(owner ->
            DeadLetterQueue.read(path, owner).stream().map(letter -> new Owned(owner, letter)))
        .toList();
  }

  List<AgentId> owners(Path path) {
    return DeadLetterQueue.owners(path).stream()
        .filter(owner -> agent == null || agent.equals(owner))
        .toList();
  }

  Owned find(String entryId) {
    return list().stream()
        .filter(each -> each.letter().entryId().equals(entryId))
        .findFirst()
        .orElseThrow(() ->
            CliException.refused(ErrorCode.E_ROUTING_001, "no dead letter: entryId=" + entryId));
  }
}
