package dev.aeon.apm.cli;

import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.registry.AgentRecord;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.store.DeadLetter;
import dev.aeon.apm.store.DeadLetterQueue;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "purge",
    mixinStandardHelpOptions = true,
    description =
        "Takes dead letters out of the queues for good; their sender must not be running.")
final class DlqPurgeCommand implements Callable<Integer> {
  @Mixin private LetterSelection letters = new LetterSelection();
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(arity = "0..*", paramLabel = "ENTRY", description = "their entryIds")
  private List<String> entryIds = List.of();

  @Option(
      names = {"-before", "--before"},
      paramLabel = "TIME",
      description = "those that failed before then, or longer ago, such as 7d")
  private @Nullable Instant before;

  @Option(
      names = {"-all", "--all"},
      description = "all of them, or all of -agent")
  private boolean isAll;

  @Override
  public Integer call() {
    Path path = letters.directory();
    Registry registry = Registry.open(path, InstantSource.system());
    Predicate<DeadLetter> doomed = doomed();
    List<AgentId> owners = letters.owners(path);
    owners.forEach(owner -> refuseRunning(registry, owner));
    int purged = 0;
    for (AgentId owner : owners) {
      try (DeadLetterQueue queue = DeadLetterQueue.open(path, owner, InstantSource.system())) {
        purged += queue.purge(doomed);
      }
    }
    output.print(JsonObject.builder().put("purged", purged).build(), "purged " + purged);
    return 0;
  }

  private Predicate<DeadLetter> doomed() {
    Instant end = before;
    if (isAll) {
      return _ -> true;
    }
    if (end != null) {
      return letter -> letter.failedAt().isBefore(end);
    }
    if (entryIds.isEmpty()) {
      throw CliException.refused(
          ErrorCode.E_VALIDATION_009, "name entries, or give -before or -all");
    }
    entryIds.forEach(letters::find);
    return letter -> entryIds.contains(letter.entryId());
  }

  private static void refuseRunning(Registry registry, AgentId owner) {
    registry
        .record(owner)
        .map(AgentRecord::identity)
        .ifPresent(identity -> Guest.refuseRunning(registry, identity));
  }
}
