package dev.aeon.apm.cli;

import dev.aeon.apm.AgentBus;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.route.UnknownReceivers;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "redrive",
    mixinStandardHelpOptions = true,
    description = {
      "Sends dead letters once more, as the same messages with a new time. Each leaves the queue",
      "once it is acknowledged. Their sender must not be running: a running agent re-drives its",
      "own."
    },
    footer = {"", "Exit codes: 0 all were acknowledged, 3 some were not and stay in the queue."})
final class DlqRedriveCommand implements Callable<Integer> {
  @Mixin private LetterSelection letters = new LetterSelection();
  @Mixin private BusOption bus = new BusOption();
  @Mixin private KeysOption keys = new KeysOption();
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(arity = "0..*", paramLabel = "ENTRY", description = "their entryIds")
  private List<String> entryIds = List.of();

  @Option(
      names = {"-all", "--all"},
      description = "all dead letters, or all of -agent")
  private boolean isAll;

  @Option(
      names = {"-wait", "--wait"},
      paramLabel = "TIME",
      description = "how long to wait for acknowledgements, such as 30s (default)")
  private Duration wait = Duration.ofSeconds(30);

  private final List<String> acknowledged = new ArrayList<>();
  private final List<String> kept = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    for (Map.Entry<AgentIdentity, List<String>> each : chosen().entrySet()) {
      redrive(each.getKey(), each.getValue());
    }
    JsonObject answer =
        JsonObject.builder()
            .putStrings("acknowledged", acknowledged)
            .putStrings("kept", kept)
            .build();
    output.print(answer, "acknowledged=" + acknowledged + " kept=" + kept);
    return kept.isEmpty() ? 0 : Failures.UNREACHABLE;
  }

  /** The chosen entries by sender. */
  private Map<AgentIdentity, List<String>> chosen() {
    if (isAll == !entryIds.isEmpty()) {
      throw CliException.refused(ErrorCode.E_VALIDATION_009, "name entries, or give -all");
    }
    List<LetterSelection.Owned> found =
        isAll ? letters.list() : entryIds.stream().map(letters::find).toList();
    Map<AgentIdentity, List<String>> bySender = new LinkedHashMap<>();
    for (LetterSelection.Owned each : found) {
      bySender
          .computeIfAbsent(each.letter().message().sender(), _ -> new ArrayList<>())
          .add(each.letter().entryId());
    }
    return bySender;
  }

  private void redrive(AgentIdentity sender, List<String> entries)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + wait.toNanos();
    try (Backend backend = bus.open(letters.directoryOption());
        AgentBus agent =
            Guest.open(
                letters.directory(),
                backend,
                sender,
                (_, _) -> {},
                keys.signatures(),
                UnknownReceivers.REFUSE)) {
      Map<String, CompletableFuture<?>> sent = new LinkedHashMap<>();
      entries.forEach(entry -> sent.put(entry, agent.redrive(entry)));
      for (Map.Entry<String, CompletableFuture<?>> each : sent.entrySet()) {
        boolean isDone = isAcknowledged(each.getValue(), deadline - System.nanoTime());
        (isDone ? acknowledged : kept).add(each.getKey());
      }
    }
  }

  private static boolean isAcknowledged(CompletableFuture<?> sent, long leftNanos)
      throws InterruptedException {
    try {
      sent.get(Math.max(0, leftNanos), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException | TimeoutException _) {
      return false;
    }
  }
}
