package dev.aeon.apm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.AgentBus;
import dev.aeon.apm.BusOptions;
import dev.aeon.apm.MessageHandler;
import dev.aeon.apm.Refusal;
import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.ndjson.NdjsonChannels;
import dev.aeon.apm.channel.shared.SharedChannels;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.TaskStatus;
import dev.aeon.apm.message.TaskUpdate;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.FieldRules;
import dev.aeon.apm.schema.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code apm send} as a user types it, to an agent that runs. */
@Timeout(300)
class SendCommandTest {
  private static final String TASK =
      """
      {"taskId":"t1","taskRef":"Task 1","taskDescription":"index","memoryLogPath":"log.md",
       "executionType":"single-step"}
      """;

  /** Refuses whatever comes. */
  private static final class Busy implements MessageHandler {
    @Override
    public void handle(Message message, AgentBus bus) {}

    @Override
    public Optional<Refusal> refuse(Message message) {
      return Optional.of(new Refusal(ErrorCode.E_TASK_002, "busy"));
    }
  }

  @TempDir Path folder;
  private Scene scene = new Scene(Path.of("."));

  @BeforeEach
  void init() {
    scene = new Scene(folder);
    scene.apm("init", "-agent", "impl_001:Implementation", "-agent", "manager_001:Manager");
  }

  @Test
  void message_toAnAgentThatRuns_isAcknowledged() {
    try (AgentBus agent = agent((_, _) -> {})) {
      CommandRun run = scene.send("impl_001", "CUSTOM_PING", "{}");
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).startsWith("acknowledged msg_").contains("by=[impl_001:received]");
      assertThat(agent.statistics().received()).isPositive();
    }
  }

  @Test
  void sender_thatComesAgain_putsNoOtherCopyOfWhatWaits() {
    for (int time = 0; time < 3; time++) {
      CommandRun run = scene.send("impl_001", "CUSTOM_PING", "{}", "-wait", "1ms");
      assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
    }
    assertThat(scene.apm("tail").out().lines()).hasSize(3);
    String wanted = scene.apm("trace", "CUSTOM_PING").err();
    assertThat(wanted).contains("no message of that id");
  }

  @Test
  void task_withReply_waitsForItsEnd() {
    MessageHandler worker =
        (message, bus) -> {
          update(message, bus, 0.5);
          update(message, bus, 1);
        };
    try (AgentBus _ = agent(worker)) {
      CommandRun run =
          scene.send(
              "impl_001",
              "TASK_ASSIGNMENT",
              TASK,
              "-from",
              "manager_001:Manager",
              "-json",
              "-reply",
              "-wait",
              "60s");
      assertThat(run.exitCode()).as(run.out()).isZero();
      JsonObject payload = run.json().object("reply").object("payload");
      assertThat(payload.string("status")).isEqualTo("completed");
    }
  }

  @Test
  void message_thatIsRefused_saysWhy() {
    try (AgentBus _ = agent(new Busy())) {
      CommandRun run = scene.send("impl_001", "CUSTOM_PING", "{}", "-json");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.json().object("error").string("code")).isEqualTo("E_TASK_002");
    }
  }

  @Test
  void message_thatNobodyAcknowledges_staysInItsChannel() {
    CommandRun run = scene.send("impl_001", "CUSTOM_PING", "{}", "-wait", "10ms");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("the message is kept");
  }

  @Test
  void message_leftAlone_liesInEveryReceiversChannel() {
    CommandRun run =
        scene.send(
            "*",
            "CUSTOM_NEWS",
            "{\"n\":1}",
            "-no-wait",
            "-priority",
            "high",
            "-ttl",
            "10m",
            "-tag",
            "a",
            "-tag",
            "b",
            "-correlation",
            "c");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("for=[impl_001, manager_001]");
    assertThat(scene.apm("tail", "-json").out().lines())
        .hasSize(2)
        .allMatch(line -> line.contains("\"ttl\":600") && line.contains("[\"a\",\"b\"]"))
        .allMatch(line -> line.contains("\"HIGH\"") && line.contains("\"correlationId\":\"c\""));
  }

  @Test
  void payload_fromAFileOrTheInput_isTakenAsItIs() throws Exception {
    Path file = Files.writeString(folder.resolve("task.json"), TASK);
    InputStream input = System.in;
    try {
      System.setIn(new ByteArrayInputStream("{\"x\":1}".getBytes(StandardCharsets.UTF_8)));
      assertThat(left("TASK_ASSIGNMENT", "@" + file).exitCode()).isZero();
      assertThat(left("CUSTOM_X", "-").exitCode()).isZero();
    } finally {
      System.setIn(input);
    }
    assertThat(scene.apm("tail").out()).contains("t1 \"Task 1\"", "{\"x\":1}");
  }

  @Test
  void payload_thatIsWrong_isRefusedWithEverythingWrong() {
    CommandRun run = left("TASK_ASSIGNMENT", "{\"taskId\":7}");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("E_VALIDATION_001 payload.taskRef", "E_VALIDATION_002 payload.taskId");
    assertThat(left("CUSTOM_X", "{").err()).contains("E_PROTOCOL_002");
    assertThat(folder.resolve("channels")).isEmptyDirectory();
  }

  @Test
  void receiver_thatIsUnknown_isRefused() {
    CommandRun run = scene.send("impl_009", "CUSTOM_X", "{}", "-no-wait");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("'apm agents add' makes one known");
  }

  @Test
  void receiver_thatIsUnknown_isLeftItsMessageWhereItIsParked() {
    CommandRun run = scene.send("impl_009:Implementation", "CUSTOM_X", "{}", "-park", "-no-wait");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("for=[impl_009]");
    assertThat(folder.resolve("channels/cli_to_impl_009/messages.ndjson"))
        .content()
        .contains("CUSTOM_X");
  }

  @Test
  void receiver_thatIsUnknown_isWaitedForWhereTheMessageIsParked() {
    CommandRun run =
        scene.send("impl_009:Implementation", "CUSTOM_X", "{}", "-park", "-wait", "10ms");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("the message is kept");
    assertThat(folder.resolve("channels/cli_to_impl_009")).doesNotExist();
  }

  @Test
  void sender_thatRunsElsewhere_hasItsChannelWrittenBesideIt() {
    SharedChannels channels = SharedChannels.beside(new NdjsonChannels(folder, _ -> {}), folder);
    try (AgentBus sender = agent(Samples.MANAGER, channels, (_, _) -> {});
        AgentBus _ = agent((_, _) -> {})) {
      Message update =
          sender.compose(Samples.WORKER, Samples.update("t1", 0.5)).correlationId("c").build();
      sender.send(update).join();
      CommandRun run = scene.send("impl_001", "CUSTOM_PING", "{}", "-from", "manager_001:Manager");
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).startsWith("acknowledged msg_").contains("by=[impl_001:received]");
      assertThat(scene.apm("tail", "-type", "CUSTOM_PING", "-agent", "manager_001").out().lines())
          .hasSize(1);
      assertThat(scene.apm("fsck").out()).as("one writer, one order").contains("found=0");
    }
  }

  @Test
  void sender_thatRunsElsewhere_andItsMessageIsRefused_saysWhy() {
    try (AgentBus _ = agent(Samples.MANAGER, new NdjsonChannels(folder, _ -> {}), (_, _) -> {});
        AgentBus _ = agent(new Busy())) {
      CommandRun run =
          scene.send("impl_001", "CUSTOM_PING", "{}", "-from", "manager_001:Manager", "-json");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.json().object("error").string("code")).isEqualTo("E_TASK_002");
    }
  }

  @Test
  void sender_ofAnotherType_isNotImpersonated() {
    CommandRun run = scene.send("manager_001", "CUSTOM_X", "{}", "-from", "impl_001:Manager");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("agent id is taken");
  }

  @Test
  void senders_atTheSameTime_loseNothing() {
    try (AgentBus _ = agent((_, _) -> {})) {
      List<CompletableFuture<CommandRun>> runs = new ArrayList<>();
      for (int each = 0; each < 6; each++) {
        String payload = "{\"n\":" + each + "}";
        runs.add(
            CompletableFuture.supplyAsync(() -> scene.send("impl_001", "CUSTOM_PING", payload)));
      }
      assertThat(runs)
          .allSatisfy(run -> assertThat(run.join().exitCode()).as(run.join().err()).isZero());
      assertThat(scene.apm("tail", "-type", "CUSTOM_PING", "-n", "100").out().lines()).hasSize(6);
    }
  }

  private CommandRun left(String type, String payload) {
    return scene.send("impl_001", type, payload, "-no-wait");
  }

  private AgentBus agent(MessageHandler handler) {
    return agent(Samples.WORKER, new NdjsonChannels(folder, _ -> {}), handler);
  }

  private AgentBus agent(AgentIdentity self, Channels channels, MessageHandler handler) {
    return AgentBus.open(
        self,
        Registry.open(folder, InstantSource.system()),
        channels,
        handler,
        BusOptions.defaults()
            .withDirectory(folder)
            .withCustomType("CUSTOM_PING", FieldRules.object()));
  }

  private static void update(Message message, AgentBus bus, double progress) {
    TaskUpdate update =
        TaskUpdate.builder()
            .taskId("t1")
            .status(progress < 1 ? TaskStatus.IN_PROGRESS : TaskStatus.COMPLETED)
            .progress(progress)
            .build();
    CompletableFuture<?> _ =
        bus.send(
            bus.compose(message.sender(), update).correlationId(message.correlation()).build());
  }
}
