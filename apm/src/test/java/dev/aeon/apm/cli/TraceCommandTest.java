package dev.aeon.apm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.Samples;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Metadata;
import dev.aeon.apm.schema.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code apm trace} as a user types it. */
class TraceCommandTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"req_t1", "handoff_1", "t1"})
  void correlation_ofATaskThatWasHandedOver_leadsToBothAgents(String id) {
    Scene scene = new Scene(folder);
    scene.says(Samples.MANAGER, Samples.WORKER, "req_t1", Samples.assignment("t1"));
    scene.put(
        scene
            .message(
                Samples.WORKER, Samples.MANAGER, Samples.handoff(Samples.WORKER, Samples.OTHER))
            .correlationId("handoff_1")
            .metadata(Metadata.builder().respondsTo("req_t1").build())
            .build());
    scene.says(Samples.MANAGER, Samples.OTHER, "req_t1_again", Samples.assignment("t1"));
    assertThat(scene.apm("trace", id).out())
        .contains(Samples.WORKER.agentId().value(), Samples.OTHER.agentId().value())
        .contains("HANDOFF_REQUEST");
  }

  @Test
  void correlation_ofATask_isDrawnAsASequence() {
    CommandRun run = Scene.ofATask(folder).apm("trace", "req_t1");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
            req_t1  2026-01-31T10:00:00.000Z  messages=4 failed=0 took=3.000 s
                           manager_001             impl_001
            10:00:00.000Z       │─── TASK_ASSIGNMENT ─▶│  t1 "Task t1"
               +1.000 s         │◀──────── ACK ────────│  received
               +2.000 s         │◀──── TASK_UPDATE ────│  t1 in_progress 50%
               +3.000 s         │───────── ACK ───────▶│  received
            """);
  }

  @Test
  void taskAndMessage_leadToTheSameCorrelation() {
    Scene scene = Scene.ofATask(folder);
    String ofCorrelation = scene.apm("trace", "req_t1", "-json").out();
    assertThat(scene.apm("trace", "t1", "-json").json().objects("messages"))
        .isEqualTo(scene.apm("trace", "req_t1", "-json").json().objects("messages"));
    assertThat(scene.apm("trace", "msg_20260131_100000_2", "-json").json().objects("messages"))
        .hasSize(4);
    assertThat(ofCorrelation).contains("\"agents\":[\"manager_001\",\"impl_001\"]");
  }

  @Test
  void correlation_overThreeAgents_crossesTheLifelineBetween() {
    Scene scene = Scene.ofATask(folder);
    scene.says(
        Samples.WORKER, Samples.OTHER, "req_t1", Samples.handoff(Samples.WORKER, Samples.OTHER));
    scene.says(Samples.OTHER, Samples.MANAGER, "req_t1", Samples.update("t1", 1));
    scene.says(Samples.MANAGER, Samples.MANAGER, "req_t1", Samples.error());
    CommandRun run = scene.apm("trace", "req_t1");
    assertThat(run.out().lines().skip(5).toList())
        .containsExactly(
            "   +3.000 s         │───────── ACK ───────▶│                      │  received",
            "   +4.000 s         │                      │─── HANDOFF_REQUEST ─▶│"
                + "  t1 to impl_002, load_balancing",
            "   +5.000 s         │◀─────────────── TASK_UPDATE ────────────────│"
                + "  t1 in_progress 100%",
            "   +6.000 s         ↻ ERROR_REPORT         │                      │  high 3 failures",
            "not acknowledged: msg_20260131_100000_4 HANDOFF_REQUEST by impl_002",
            "not acknowledged: msg_20260131_100000_5 TASK_UPDATE by manager_001",
            "not acknowledged: msg_20260131_100000_6 ERROR_REPORT by manager_001");
  }

  @Test
  void retry_isMarked_andWhatNobodyAcknowledgedTold() {
    Scene scene = new Scene(folder);
    Message task = scene.says(Samples.MANAGER, Samples.WORKER, "r", Samples.assignment("t1"));
    Metadata again = Metadata.builder().retryCount(1).build();
    scene.put(task.toBuilder().metadata(again).build());
    assertThat(scene.apm("trace", "r").out())
        .contains("─ TASK_ASSIGNMENT ─", "─ TASK_ASSIGNMENT retry 1 ─")
        .contains("not acknowledged: msg_20260131_100000_0 TASK_ASSIGNMENT by impl_001");
  }

  @Test
  void mermaid_isASequenceDiagram() {
    assertThat(Scene.ofATask(folder).apm("trace", "t1", "-format", "mermaid").out().lines())
        .containsExactly(
            "sequenceDiagram",
            "  participant manager_001",
            "  participant impl_001",
            "  manager_001->>impl_001: TASK_ASSIGNMENT t1 \"Task t1\"",
            "  impl_001-->>manager_001: ACK received",
            "  impl_001->>manager_001: TASK_UPDATE t1 in_progress 50%",
            "  manager_001-->>impl_001: ACK received");
  }

  @Test
  void id_ofNothing_isRefused() {
    CommandRun run = Scene.ofATask(folder).apm("trace", "req_t2", "-json");
    assertThat(run.exitCode()).isEqualTo(1);
    JsonObject error = run.json().object("error");
    assertThat(error.string("message")).contains("id=req_t2");
    assertThat(Scene.ofATask(folder.resolve("b")).apm("trace", "t1", "-format", "svg").exitCode())
        .isEqualTo(2);
  }
}
