package dev.aeon.apm.cli;

import dev.aeon.apm.Eventually;
import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ndjson.FileQuarantine;
import dev.aeon.apm.channel.ndjson.NdjsonChannels;
import dev.aeon.apm.message.Ack;
import dev.aeon.apm.message.AckStatus;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.MessageBuilder;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.message.Payload;
import dev.aeon.apm.message.Receiver;
import dev.aeon.apm.schema.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An agents' directory in which agents have spoken, with one second between their messages. */
final class Scene {
  private final Path directory;
  private final Instant start;
  private int spoken;

  Scene(Path directory) {
    this(directory, Instant.parse("2026-01-31T10:00:00Z"));
  }

  Scene(Path directory, Instant start) {
    this.directory = directory;
    this.start = start;
  }

  /** A manager assigns a task, which is acknowledged, worked on and completed. */
  static Scene ofATask(Path directory) {
    Scene scene = new Scene(directory);
    Message task = scene.says(Samples.MANAGER, Samples.WORKER, "req_t1", Samples.assignment("t1"));
    scene.acknowledges(task);
    Message update =
        scene.says(Samples.WORKER, Samples.MANAGER, "req_t1", Samples.update("t1", 0.5));
    scene.acknowledges(update);
    return scene;
  }

  Message says(AgentIdentity from, AgentIdentity to, String correlation, Payload payload) {
    return put(message(from, to, payload).correlationId(correlation).build());
  }

  Message acknowledges(Message message) {
    Ack ack =
        Ack.builder()
            .acknowledgedMessageId(message.messageId())
            .status(AckStatus.RECEIVED)
            .timestamp(now())
            .build();
    AgentIdentity by = ((Receiver.One) message.receiver()).agent();
    return put(message(by, message.sender(), ack).correlationId(message.correlation()).build());
  }

  /** Puts a message in its channel as it is. */
  Message put(Message message) {
    AgentIdentity to = ((Receiver.One) message.receiver()).agent();
    NdjsonChannels channels =
        new NdjsonChannels(
            directory,
            new FileQuarantine(directory, message.sender().agentId(), InstantSource.system()));
    try (Channel channel = channels.open(message.sender().agentId(), to.agentId())) {
      channel.append(Samples.routed(message)).join();
    }
    spoken++;
    return message;
  }

  CommandRun apm(String... arguments) {
    List<String> typed = new ArrayList<>(Arrays.asList(arguments));
    typed.addAll(List.of("-dir", directory.toString()));
    return CommandRun.of(typed.toArray(String[]::new));
  }

  /** Sends a payload to an agent; {@code more} are options of the command's. */
  CommandRun send(String to, String type, String payload, String... more) {
    List<String> typed =
        new ArrayList<>(List.of("send", "-to", to, "-type", type, "-payload", payload));
    typed.addAll(List.of(more));
    return apm(typed.toArray(String[]::new));
  }

  /** How many of the manager's messages to the worker each reader has not settled. */
  JsonObject behind() {
    return apm("stats", "-channel", "manager_001_to_impl_001", "-json")
        .json()
        .objects("channels")
        .getFirst()
        .object("behind");
  }

  /** Waits until the worker, which runs, has settled all of them. */
  void awaitSettled() {
    Eventually.until(() -> behind().findLong("impl_001").filter(count -> count == 0).isPresent());
  }

  private Instant now() {
    return start.plusSeconds(spoken);
  }

  MessageBuilder message(AgentIdentity from, AgentIdentity to, Payload payload) {
    return Message.builder()
        .messageId(new MessageId("msg_20260131_100000_" + spoken))
        .timestamp(now())
        .sender(from)
        .receiver(to)
        .payload(payload);
  }
}
