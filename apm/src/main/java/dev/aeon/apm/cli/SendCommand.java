package dev.aeon.apm.cli;

import dev.aeon.apm.AgentBus;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.message.AckStatus;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.TaskStatus;
import dev.aeon.apm.message.TaskUpdate;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.route.UnknownReceivers;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.track.Acknowledgement;
import dev.aeon.apm.track.DeliveryException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "send",
    mixinStandardHelpOptions = true,
    description = {
      "Sends a message and waits for its acknowledgement.",
      "What is sent lies in its channel, on disk, whether somebody acknowledges it in time or not.",
      "Where the sender runs in another process, the message goes beside it, by the same channel."
    },
    footer = {
      "",
      "Examples:",
      "  apm send -to impl_001 -type CUSTOM_PING -payload '{}'",
      "  apm send -from manager_001:Manager -to impl_001 -type TASK_ASSIGNMENT -payload @task.json \\",
      "      -reply -wait 10m",
      "  apm send -to impl_009:Implementation -park -type CUSTOM_PING -payload '{}' -no-wait",
      "  apm send -to 'type:Implementation' -type CUSTOM_NEWS -payload '{\"news\":1}' -no-wait",
      "  apm send -to impl_001 -type CUSTOM_PING -payload '{}' -bus nats://127.0.0.1:4222",
      "",
      "Exit codes: 0 acknowledged by all, 1 refused, 3 not acknowledged in time."
    })
final class SendCommand implements Callable<Integer> {
  @Mixin private DirectoryOption directory = new DirectoryOption();
  @Mixin private BusOption bus = new BusOption();
  @Mixin private Draft draft = new Draft();
  @Mixin private KeysOption keys = new KeysOption();
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = {"-wait", "--wait"},
      paramLabel = "TIME",
      description = "how long to wait, such as 30s (default)")
  private Duration wait = Duration.ofSeconds(30);

  @Option(
      names = {"-no-wait", "--no-wait"},
      description = "only put the message into its channel; nobody sends it again")
  private boolean isLeftAlone;

  @Option(
      names = {"-park", "--park"},
      description = "keep the message for a receiver, given as ID:TYPE, that is not registered yet")
  private boolean isParked;

  @Option(
      names = {"-reply", "--reply"},
      description = "wait for what comes back too, of a task for its end, and print it")
  private boolean isReplyWanted;

  private final CompletableFuture<Message> reply = new CompletableFuture<>();
  private volatile String correlation = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path path = directory.existing();
    Registry registry = directory.registry();
    Guest.refuseOther(registry, draft.sender());
    Message _ =
        draft.message(registry, 0); // What makes no sense is refused before anything begins.
    try (Backend backend = bus.open(directory)) {
      if (isLeftAlone) {
        leave(path, backend);
      } else {
        Answered answered = send(path, registry, backend);
        output.print(answered.toJson(), answered.lines());
      }
    }
    return 0;
  }

  private Answered send(Path path, Registry registry, Backend backend)
      throws IOException, InterruptedException {
    if (registry.runsElsewhere(draft.sender())) {
      return sendBeside(path, registry, backend);
    }
    AgentBus agent;
    try {
      agent =
          Guest.open(path, backend, draft.sender(), this::onMessage, keys.signatures(), unknown());
    } catch (ChannelException e) {
      if (e.code() != ErrorCode.E_SYSTEM_004) {
        throw e;
      }
      return sendBeside(path, registry, backend); // It was quicker.
    }
    try (agent) {
      return sendAs(agent);
    }
  }

  /** As the sender, who is nobody else meanwhile. */
  private Answered sendAs(AgentBus agent) throws IOException, InterruptedException {
    Message message = draft.message(directory.registry(), agent.epoch());
    correlation = message.correlation();
    Acknowledgement acknowledged = await(agent.send(message), message);
    Map<AgentId, AckStatus> receipts = new LinkedHashMap<>();
    acknowledged.receipts().forEach(each -> receipts.put(each.receiver().agentId(), each.status()));
    Optional<Message> back = isReplyWanted ? Optional.of(await(reply, message)) : Optional.empty();
    return new Answered(message.messageId(), receipts, back);
  }

  /**
   * Beside the process that the sender is: through its channel, and looking on for the answers,
   * which are that process's.
   */
  private Answered sendBeside(Path path, Registry registry, Backend backend)
      throws IOException, InterruptedException {
    long deadlineNanos = System.nanoTime() + wait.toNanos();
    Message message = draft.message(registry, 0);
    correlation = message.correlation();
    try (Onlooker onlooker = new Onlooker(backend.archive(), message, this::isReply)) {
      List<AgentId> receivers = courier(path, registry, backend).put(message);
      if (!onlooker.await(receivers, isReplyWanted, deadlineNanos)) {
        throw noAnswer(message);
      }
      return new Answered(message.messageId(), onlooker.acknowledged(), onlooker.reply());
    }
  }

  private void leave(Path path, Backend backend) throws IOException {
    Registry registry = Registry.open(path, InstantSource.system());
    Registration.add(registry, draft.sender());
    Message message = draft.message(registry, 0);
    List<AgentId> receivers = courier(path, registry, backend).put(message);
    JsonObject answer =
        JsonObject.builder()
            .put("messageId", message.messageId().value())
            .putStrings("left", receivers.stream().map(AgentId::value).toList())
            .build();
    output.print(answer, "left " + message.messageId() + " for=" + receivers);
  }

  private Courier courier(Path path, Registry registry, Backend backend) throws IOException {
    return new Courier(path, registry, backend, keys.seal(), unknown());
  }

  private UnknownReceivers unknown() {
    return isParked ? UnknownReceivers.PARK : UnknownReceivers.REFUSE;
  }

  private void onMessage(Message message, AgentBus agent) {
    if (isReply(message)) {
      reply.complete(message);
    }
  }

  private boolean isReply(Message message) {
    return message.type().isAcknowledged()
        && message.correlation().equals(correlation)
        && isEnd(message);
  }

  private static boolean isEnd(Message message) {
    return !(message.payload() instanceof TaskUpdate update)
        || update.status() == TaskStatus.COMPLETED
        || update.status() == TaskStatus.FAILED;
  }

  private <T> T await(CompletableFuture<T> future, Message message) throws InterruptedException {
    try {
      return future.get(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      throw noAnswer(message);
    } catch (ExecutionException e) {
      throw DeliveryException.of(e.getCause() == null ? e : e.getCause());
    }
  }

  private static CliException noAnswer(Message message) {
    return CliException.unreachable(
        ErrorCode.E_PROTOCOL_004,
        "no answer in time, the message is kept: messageId=" + message.messageId());
  }
}
