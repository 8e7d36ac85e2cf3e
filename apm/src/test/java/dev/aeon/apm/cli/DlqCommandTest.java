package dev.aeon.apm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.AgentBus;
import dev.aeon.apm.BusOptions;
import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.ndjson.NdjsonChannels;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.store.DeadLetterQueue;
import dev.aeon.apm.track.Failure;
import dev.aeon.apm.track.MessageState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code apm dlq} as a user types it. */
@Timeout(300)
class DlqCommandTest {
  @TempDir Path folder;
  private Scene scene = new Scene(Path.of("."));
  private String entryId = "";

  @BeforeEach
  void init() {
    scene = new Scene(folder);
    scene.apm("init", "-agent", "impl_001:Implementation", "-agent", "manager_001:Manager");
    try (DeadLetterQueue queue =
        DeadLetterQueue.open(folder, Samples.MANAGER.agentId(), InstantSource.system())) {
      entryId = queue.add(failure("t1")).entryId();
      queue.add(failure("t2"));
    }
  }

  @Test
  void list_showsWhatFailedAndWhy() {
    CommandRun run = scene.apm("dlq");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines()).hasSize(3);
    assertThat(run.out())
        .contains(entryId)
        .containsPattern("manager_001 +impl_001 +TASK_ASSIGNMENT +timeout +E_PROTOCOL_004 +1");
    assertThat(scene.apm("dlq", "-json").json().objects("entries")).hasSize(2);
    assertThat(scene.apm("dlq", "-agent", "impl_001").out()).contains("no dead letters");
    assertThat(scene.apm("dlq", "list").out()).isEqualTo(run.out());
    assertThat(scene.apm("dlq", "list", "-agent", "impl_001").out()).contains("no dead letters");
  }

  @Test
  void show_ofAnEntry_isTheWholeOfIt() {
    JsonObject entry = scene.apm("dlq", "show", entryId).json();
    assertThat(entry.object("original").object("payload").string("taskId")).isEqualTo("t1");
    assertThat(scene.apm("dlq", "show", "dlq_none").exitCode()).isEqualTo(1);
  }

  @Test
  void export_writesADocumentForEachAgent() throws IOException {
    Path out = folder.resolve("out");
    assertThat(scene.apm("dlq", "export", out.toString()).exitCode()).isZero();
    byte[] document = Files.readAllBytes(out.resolve("manager_001.json"));
    assertThat(JsonObject.parseBuilt(document).integer("count")).isEqualTo(2);
  }

  @Test
  void redrive_toAnAgentThatRuns_emptiesTheQueue() {
    try (AgentBus agent = agent(Samples.WORKER)) {
      CommandRun run = scene.apm("dlq", "redrive", "-all", "-wait", "60s", "-json");
      assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
      assertThat(run.json().strings("acknowledged")).hasSize(2).contains(entryId);
      assertThat(agent.statistics().received()).isEqualTo(2);
    }
    assertThat(scene.apm("dlq").out()).contains("no dead letters");
  }

  @Test
  void redrive_toNobody_keepsTheLetter() {
    CommandRun run = scene.apm("dlq", "redrive", entryId, "-wait", "10ms");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out()).contains("kept=[" + entryId + "]");
    assertThat(scene.apm("dlq", "-json").json().objects("entries")).hasSize(2);
    assertThat(scene.apm("dlq", "redrive").exitCode()).isEqualTo(1);
  }

  @Test
  void redrive_forASenderThatRuns_isLeftToIt() {
    try (AgentBus _ = agent(Samples.MANAGER)) {
      assertThat(scene.apm("dlq", "redrive", entryId).exitCode()).isEqualTo(3);
    }
  }

  @Test
  void purge_takesOutWhatWasChosen() {
    assertThat(scene.apm("dlq", "purge").exitCode()).isEqualTo(1);
    assertThat(scene.apm("dlq", "purge", "-before", "1d").out()).contains("purged 0");
    assertThat(scene.apm("dlq", "purge", entryId).out()).contains("purged 1");
    assertThat(scene.apm("dlq", "purge", "-all", "-json").json().integer("purged")).isEqualTo(1);
    assertThat(scene.apm("dlq").out()).contains("no dead letters");
  }

  @Test
  void looking_whileALetterIsHalfWritten_leavesItAlone() throws IOException {
    Path file = folder.resolve("dlq/manager_001/messages.ndjson");
    Files.writeString(file, "{\"entryId\":", StandardOpenOption.APPEND);
    byte[] before = Files.readAllBytes(file);
    assertThat(scene.apm("dlq", "-json").json().objects("entries")).hasSize(2);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(new String(before, StandardCharsets.UTF_8)).endsWith("{\"entryId\":");
  }

  @Test
  void trace_showsWhatFailed() {
    CommandRun run = scene.apm("trace", "req_t1");
    assertThat(run.out())
        .contains("✗", "TASK_ASSIGNMENT to impl_001 failed: timeout no answer", "failed=1");
  }

  @Test
  void stats_countChannelsReadersAndDeadLetters() {
    Scene.ofATask(folder);
    CommandRun run = scene.apm("stats");
    assertThat(run.out())
        .containsPattern("impl_001_to_manager_001 +2 +0 +0 +0 +\\d+ +1 .*ACK:1 TASK_UPDATE:1")
        .contains("dead letters: manager_001=2");
    JsonObject json = scene.apm("stats", "-type", "ACK", "-json").json();
    assertThat(json.integer("messages")).isEqualTo(2);
    assertThat(json.object("deadLetters").integer("manager_001")).isEqualTo(2);
  }

  @Test
  void stats_tellHowFarAReaderIsBehind() {
    scene.says(Samples.MANAGER, Samples.WORKER, "r", Samples.assignment("t3"));
    try (AgentBus _ = agent(Samples.WORKER)) {
      // Registers its place, and settles what is too old to be handled.
      scene.awaitSettled();
    }
    scene.says(Samples.MANAGER, Samples.WORKER, "r", Samples.assignment("t4"));
    assertThat(scene.behind().integer("impl_001")).isEqualTo(1);
  }

  @Test
  void stats_ofAReceiverThatWasNeverThere_countEverythingAsBefore() {
    scene.says(Samples.MANAGER, Samples.WORKER, "r", Samples.assignment("t3"));
    assertThat(scene.behind().integer("impl_001")).isEqualTo(1);
  }

  private AgentBus agent(AgentIdentity self) {
    return AgentBus.open(
        self,
        Registry.open(folder, InstantSource.system()),
        new NdjsonChannels(folder, _ -> {}),
        (_, _) -> {},
        BusOptions.defaults().withDirectory(folder));
  }

  private static Failure failure(String taskId) {
    Instant now = Instant.now();
    return new Failure(
        Samples.message(taskId),
        Samples.WORKER,
        "timeout",
        ErrorCode.E_PROTOCOL_004,
        "no answer",
        List.of(now),
        List.of(new Failure.Step(MessageState.FAILED, now)));
  }
}
