package dev.aeon.apm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.AgentBus;
import dev.aeon.apm.BusOptions;
import dev.aeon.apm.Eventually;
import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.FieldRules;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.store.DeadLetterQueue;
import dev.aeon.apm.track.Failure;
import dev.aeon.apm.track.MessageState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that send and look, with a server in which the messages are. */
@Timeout(300)
abstract class BusContract {
  @TempDir Path folder;
  private AgentBus agent;
  private Channels server;

  /** As it is typed. */
  abstract String url();

  /** Channels of an agent that uses the same server. */
  abstract Channels channels();

  /** Puts bytes from the manager to the worker as a faulty peer would. */
  abstract void inject(byte[] line) throws Exception;

  @BeforeEach
  void init() {
    Scene scene = new Scene(folder);
    scene.apm("init", "-agent", "impl_001:Implementation", "-agent", "manager_001:Manager");
    server = channels();
    agent =
        AgentBus.open(
            Samples.WORKER,
            Registry.open(folder, InstantSource.system()),
            server,
            (_, _) -> {},
            BusOptions.defaults().withCustomType("CUSTOM_PING", FieldRules.object()));
  }

  /** The agent's own. */
  Channels server() {
    return server;
  }

  void closeAgent() {
    agent.close();
  }

  @Test
  void messages_sentAndAcknowledged_areSeenByEveryCommand() {
    CommandRun sent = ping("1");
    assertThat(sent.exitCode()).as(sent.err()).isZero();
    assertThat(sent.out()).contains("by=[impl_001:received]");
    String id = sent.out().split(" ", -1)[1];
    assertThat(apm("tail").out().lines())
        .hasSize(2)
        .anyMatch(line -> line.contains("manager_001 → impl_001  CUSTOM_PING"))
        .anyMatch(line -> line.contains("impl_001 → manager_001  ACK"));
    assertThat(apm("tail", "-n", "1", "-agent", "manager_001", "-type", "ACK").out())
        .contains("ACK");
    assertThat(apm("trace", id).out()).contains("─── CUSTOM_PING ─", "◀──", "messages=2 failed=0");
    JsonObject stats = apm("stats", "-json").json();
    assertThat(stats.integer("messages")).isEqualTo(2);
    assertThat(apm("stats").out()).contains("manager_001_to_impl_001", "CUSTOM_PING:1");
    assertThat(apm("fsck").out()).contains("found=0 left=0");
  }

  @Test
  void tail_followed_showsWhatComes() throws Exception {
    CompletableFuture<CommandRun> tail =
        CompletableFuture.supplyAsync(
            () -> apm("tail", "-n", "0", "-follow", "-count", "1", "-type", "CUSTOM_PING"));
    ping("first");
    // As long as it takes: what was sent before the look began is not shown.
    for (int sent = 0; !tail.isDone() && sent < 1000; sent++) {
      ping("late");
    }
    CommandRun run = tail.get(60, TimeUnit.SECONDS);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines()).hasSize(1);
  }

  @Test
  void deadLetter_thatWasSentByTheServerBefore_isSentOnceMore() throws Exception {
    Message message = Samples.message("t1").toBuilder().timestamp(Instant.now()).build();
    try (Channel channel = server().open(Samples.MANAGER.agentId(), Samples.WORKER.agentId())) {
      channel.append(Samples.routed(message)).get(60, TimeUnit.SECONDS);
    }
    Eventually.until(() -> agent.statistics().received() > 0);
    try (DeadLetterQueue queue =
        DeadLetterQueue.open(folder, Samples.MANAGER.agentId(), InstantSource.system())) {
      queue.add(
          new Failure(
              message,
              Samples.WORKER,
              "timeout",
              ErrorCode.E_PROTOCOL_004,
              "no answer",
              List.of(Instant.now()),
              List.of(new Failure.Step(MessageState.FAILED, Instant.now()))));
    }
    CommandRun run = apm("dlq", "redrive", "-all", "-wait", "20s");
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
  }

  @Test
  void replay_intoADirectory_putsQuestionsIntoItsFiles() {
    ping("1");
    Path target = folder.resolve("again");
    CommandRun run = apm("replay", "-into", target.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(new Scene(target).apm("tail").out().lines())
        .singleElement()
        .asString()
        .contains("manager_001 → impl_001  CUSTOM_PING");
  }

  @Test
  void replay_here_sendsByTheSameServer() {
    ping("1");
    CommandRun run = apm("replay", "-type", "CUSTOM_PING");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(apm("tail", "-type", "CUSTOM_PING", "-json").out().lines())
        .hasSize(2)
        .anyMatch(line -> line.contains("\"replayOf\""));
  }

  @Test
  void message_leftAlone_liesWithTheServer() {
    CommandRun run =
        new Scene(folder)
            .send(
                "impl_001",
                "CUSTOM_PING",
                "{}",
                "-from",
                "manager_001:Manager",
                "-no-wait",
                "-bus",
                url());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(apm("tail", "-type", "CUSTOM_PING").out().lines()).hasSize(1);
    assertThat(folder.resolve("channels")).isEmptyDirectory();
  }

  @Test
  void line_thatIsNoMessage_isFoundAndLeftToTheServer() throws Exception {
    inject("{\"half\":".getBytes(StandardCharsets.UTF_8));
    CommandRun run = apm("fsck", "-repair");
    assertThat(run.exitCode()).isEqualTo(100);
    assertThat(run.out()).contains("damaged manager_001_to_impl_001", "E_PROTOCOL_002", "left=1");
    assertThat(apm("tail").out()).contains("not a message: manager_001_to_impl_001@");
  }

  private CommandRun ping(String text) {
    String payload = "{\"text\":\"" + text + "\"}";
    return new Scene(folder)
        .send("impl_001", "CUSTOM_PING", payload, "-from", "manager_001:Manager", "-bus", url());
  }

  CommandRun apm(String... arguments) {
    List<String> typed = new ArrayList<>(Arrays.asList(arguments));
    typed.addAll(List.of("-bus", url()));
    return new Scene(folder).apm(typed.toArray(String[]::new));
  }
}
