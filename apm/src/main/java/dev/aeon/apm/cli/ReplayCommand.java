package dev.aeon.apm.cli;

import dev.aeon.apm.channel.Scan;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.MessageIds;
import dev.aeon.apm.message.Metadata;
import dev.aeon.apm.message.Receiver;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.route.UnknownReceivers;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Sends recorded messages once more.",
      "They go in the order of time into the same channels, or with -into into those of another",
      "directory, to run agents on what happened. Each becomes a new message with",
      "metadata.replayOf; answers are left out. With -keep all go as they were, times and answers",
      "included, so that those whose time is over are refused."
    },
    footer = {
      "",
      "Examples:",
      "  apm replay -channel manager_001_to_impl_001 -since 1h -dry-run",
      "  apm replay -correlation req_task_3_1 -into /tmp/again/.apm -speed 10"
    })
final class ReplayCommand implements Callable<Integer> {
  private static final int MAX_MESSAGES = 100_000;

  @Mixin private DirectoryOption directory = new DirectoryOption();
  @Mixin private BusOption bus = new BusOption();
  @Mixin private Selection selection = new Selection();
  @Mixin private KeysOption keys = new KeysOption();
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = {"-into", "--into"},
      paramLabel = "DIR",
      description = "another agents' directory, made where it is not there")
  private @Nullable Path target;

  @Option(
      names = {"-keep", "--keep"},
      description = "send every message as it was")
  private boolean isKept;

  @Option(
      names = {"-speed", "--speed"},
      paramLabel = "FACTOR",
      description = "keep the pauses between messages, this many times shorter; else at once")
  private double speed;

  @Option(
      names = {"-dry-run", "--dry-run"},
      description = "only say which messages these are")
  private boolean isTrial;

  private final Set<String> seen = new HashSet<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!(speed >= 0)) {
      throw CliException.refused(
          ErrorCode.E_VALIDATION_004, "neither zero nor positive: speed=" + speed);
    }
    if (isKept && target == null) {
      throw CliException.refused(
          ErrorCode.E_VALIDATION_009, "-keep would be dropped as a copy here: give -into as well");
    }
    List<Recorded> recorded = read();
    if (!isTrial) {
      replay(recorded);
    }
    JsonObject answer =
        JsonObject.builder()
            .put("replayed", isTrial ? 0 : recorded.size())
            .putStrings(
                "messages",
                recorded.stream().map(each -> each.message().messageId().value()).toList())
            .build();
    output.print(answer, text(recorded));
    return 0;
  }

  private List<Recorded> read() {
    List<Recorded> recorded = new ArrayList<>();
    RecordedListener listener =
        new RecordedListener(each -> {
          boolean isQuestion = each.message().type().isAcknowledged() && !each.isRetry();
          if (selection.wants(each) && (isKept || (isQuestion && isFirst(each)))) {
            refuseTooMany(recorded.size());
            recorded.add(each);
          }
        });
    try (Backend backend = bus.open(directory);
        Scan scan = backend.archive().scan(selection::wants, listener)) {
      scan.advance();
    }
    recorded.sort(Recorded.BY_TIME);
    return recorded;
  }

  /** A message may lie in its channel again, where its sender could not know that it does. */
  private boolean isFirst(Recorded each) {
    return seen.add(each.channel() + "/" + each.message().messageId());
  }

  private static void refuseTooMany(int count) {
    if (count == MAX_MESSAGES) {
      throw CliException.refused(
          ErrorCode.E_SYSTEM_003, "too many messages at once, select fewer: most=" + MAX_MESSAGES);
    }
  }

  private void replay(List<Recorded> recorded) throws IOException, InterruptedException {
    Path path = target == null ? directory.existing() : Files.createDirectories(target);
    Registry registry = Registry.open(path, InstantSource.system());
    UnaryOperator<Message> seal = isKept ? message -> message : keys.seal();
    try (Backend backend = target == null ? bus.open(directory) : new FileBackend(path)) {
      Courier courier = new Courier(path, registry, backend, seal, UnknownReceivers.REFUSE);
      replay(recorded, registry, courier);
    }
  }

  private void replay(List<Recorded> recorded, Registry registry, Courier courier)
      throws InterruptedException {
    Instant last = null;
    for (Recorded each : recorded) {
      Message message = each.message();
      Instant time = message.envelope().timestamp();
      pause(last == null ? Duration.ZERO : Duration.between(last, time));
      last = time;
      AgentIdentity receiver = ((Receiver.One) message.receiver()).agent();
      Registration.add(registry, message.sender());
      Registration.add(registry, receiver);
      courier.put(isKept ? message : again(message));
    }
  }

  private void pause(Duration recorded) throws InterruptedException {
    if (speed > 0 && recorded.isPositive()) {
      Thread.sleep(Duration.ofNanos((long) (recorded.toNanos() / speed)));
    }
  }

  private static Message again(Message message) {
    Metadata metadata =
        new Metadata(
            message.envelope().metadata().fields().toBuilder()
                .remove("signature")
                .remove("seq")
                .remove("epoch")
                .put("replayOf", message.messageId().value())
                .build());
    return message.toBuilder()
        .messageId(new MessageIds(InstantSource.system()).next())
        .timestamp(Instant.now())
        .metadata(metadata)
        .build();
  }

  private String text(List<Recorded> recorded) {
    StringBuilder text = new StringBuilder();
    if (isTrial) {
      for (Recorded each : recorded) {
        text.append(each.channel())
            .append(' ')
            .append(each.message().messageId())
            .append(' ')
            .append(each.message().envelope().typeName())
            .append('\n');
      }
    }
    return text + (isTrial ? "would replay " : "replayed ") + recorded.size() + " messages";
  }
}
