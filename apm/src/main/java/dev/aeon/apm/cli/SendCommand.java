package dev.aeon.apm.cli;

import dev.aeon.apm.AgentBus;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.TaskStatus;
import dev.aeon.apm.message.TaskUpdate;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.route.UnknownReceivers;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.JsonObjectBuilder;
import dev.aeon.apm.track.Acknowledgement;
import dev.aeon.apm.track.DeliveryException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "send",
    mixinStandardHelpOptions = true,
    description = {
      "Sends a message and waits for its acknowledgement.",
      "What is sent lies in its channel, on disk, whether somebody acknowledges it in time or not."
    },
    footer = {
      "",
      "Examples:",
      "  apm send -to impl_001 -type CUSTOM_PING -payload '{}'",
      "  apm send -from manager_001:Manager -to impl_001 -type TASK_ASSIGNMENT -payload @task.json \\",
      "      -reply -wait 10m",
      "  apm send -to impl_009:Implementation -park -type CUSTOM_PING -payload '{}' -no-wait",
      "  apm send -to 'type:Implementation' -type CUSTOM_NEWS -payload '{\"news\":1}' -no-wait",
      "",
      "Exit codes: 0 acknowledged by all, 1 refused, 3 not acknowledged in time."
    })
final class SendCommand implements Callable<Integer> {
  @Mixin private DirectoryOption directory = new DirectoryOption();
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
    if (isLeftAlone) {
      leave(path);
      return 0;
    }
    try (AgentBus bus =
        Guest.open(path, draft.sender(), this::onMessage, keys.signatures(), unknown())) {
      Message message = draft.message(directory.registry(), bus.epoch());
      correlation = message.correlation();
      Acknowledgement acknowledged = await(bus.send(message), message);
      JsonObjectBuilder answer = toJson(acknowledged);
      String lines = lines(acknowledged);
      if (isReplyWanted) {
        Message back = await(reply, message);
        answer.put("reply", back.toJson());
        lines += "\n" + back.envelope().typeName() + " " + Summary.of(back);
      }
      output.print(answer.build(), lines);
    }
    return 0;
  }

  private void leave(Path path) throws IOException {
    Registry registry = Registry.open(path, InstantSource.system());
    Registration.add(registry, draft.sender());
    Message message = draft.message(registry, 0);
    List<AgentId> receivers = new Courier(path, registry, keys.seal(), unknown()).put(message);
    JsonObject answer =
        JsonObject.builder()
            .put("messageId", message.messageId().value())
            .putStrings("left", receivers.stream().map(AgentId::value).toList())
            .build();
    output.print(answer, "left " + message.messageId() + " for=" + receivers);
  }

  private UnknownReceivers unknown() {
    return isParked ? UnknownReceivers.PARK : UnknownReceivers.REFUSE;
  }

  private void onMessage(Message message, AgentBus bus) {
    if (message.correlation().equals(correlation) && isEnd(message)) {
      reply.complete(message);
    }
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
      throw CliException.unreachable(
          ErrorCode.E_PROTOCOL_004,
          "no answer in time, the message is kept: messageId=" + message.messageId());
    } catch (ExecutionException e) {
      throw DeliveryException.of(e.getCause() == null ? e : e.getCause());
    }
  }

  private static JsonObjectBuilder toJson(Acknowledgement acknowledged) {
    return JsonObject.builder()
        .put("messageId", acknowledged.messageId().value())
        .putObjects(
            "receipts",
            acknowledged.receipts().stream()
                .map(receipt ->
                    JsonObject.builder()
                        .put("agentId", receipt.receiver().agentId().value())
                        .put("status", receipt.status())
                        .build())
                .toList());
  }

  private static String lines(Acknowledgement acknowledged) {
    String receipts =
        acknowledged.receipts().stream()
            .map(receipt -> receipt.receiver().agentId() + ":" + receipt.status().wireName())
            .collect(Collectors.joining(" "));
    return "acknowledged " + acknowledged.messageId() + " by=[" + receipts + "]";
  }
}
