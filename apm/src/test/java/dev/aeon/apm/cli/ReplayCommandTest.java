package dev.aeon.apm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code apm replay} and {@code apm check} as a user types them. */
class ReplayCommandTest {
  @TempDir Path folder;

  @Test
  void replay_intoTheSameChannels_makesNewMessagesOfTheQuestions() {
    Scene scene = Scene.ofATask(folder);
    scene.apm("init", "-agent", "impl_001:Implementation", "-agent", "manager_001:Manager");
    CommandRun run = scene.apm("replay");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("replayed 2 messages");
    assertThat(scene.apm("tail", "-since", "1h", "-json").out().lines())
        .satisfiesExactly(
            task -> assertThat(task).contains("\"replayOf\":\"msg_20260131_100000_0\""),
            update -> assertThat(update).contains("\"replayOf\":\"msg_20260131_100000_2\""));
    assertThat(scene.apm("trace", "t1", "-json").json().objects("messages")).hasSize(6);
  }

  @Test
  void dryRun_sendsNothing() {
    Scene scene = Scene.ofATask(folder);
    assertThat(scene.apm("replay", "-type", "TASK_UPDATE", "-dry-run").out())
        .contains("impl_001_to_manager_001 msg_20260131_100000_2 TASK_UPDATE")
        .contains("would replay 1 messages");
    assertThat(scene.apm("tail").out().lines()).hasSize(4);
  }

  @Test
  void kept_intoAnotherDirectory_isARecordingOfTheSame() throws IOException {
    Scene scene = Scene.ofATask(folder.resolve("a"));
    Path other = folder.resolve("b");
    CommandRun run = scene.apm("replay", "-keep", "-into", other.toString(), "-speed", "1000");
    assertThat(run.exitCode()).as(run.err()).isZero();
    String channel = "channels/manager_001_to_impl_001/messages.ndjson";
    assertThat(Files.readAllLines(other.resolve(channel)))
        .isEqualTo(Files.readAllLines(folder.resolve("a").resolve(channel)));
    assertThat(new Scene(other).apm("agents").out()).contains("manager_001", "impl_001");
  }

  @Test
  void kept_intoTheSameChannels_isRefused() {
    CommandRun run = Scene.ofATask(folder).apm("replay", "-keep");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("-into");
    assertThat(Scene.ofATask(folder).apm("replay", "-speed", "-1").exitCode()).isEqualTo(1);
  }

  @Test
  void check_ofAgentsThatSpeakTheVersion_findsNothing() {
    Scene scene = new Scene(folder);
    scene.apm("init", "-agent", "impl_001:Implementation");
    CommandRun run = scene.apm("check");
    assertThat(run.exitCode()).as(run.out()).isZero();
    assertThat(run.out()).contains("nothing stands in the way");
    CommandRun next = scene.apm("check", "2.0.0");
    assertThat(next.exitCode()).isEqualTo(100);
    assertThat(next.out()).contains("blocker impl_001: ", "not yet");
    assertThat(scene.apm("check", "two").exitCode()).isEqualTo(1);
  }

  @Test
  void check_ofSchemas_saysByHowMuchTheVersionGrows() throws IOException {
    Path schemas = folder.resolve("schemas");
    CommandRun.of("schema", "-out", schemas.toString());
    Scene scene = new Scene(folder);
    assertThat(scene.apm("check", "-schemas", schemas.toString(), "-json").json().string("change"))
        .isEqualTo("patch");
    Files.delete(schemas.resolve("nack.schema.json"));
    CommandRun run = scene.apm("check", "-schemas", schemas.toString());
    assertThat(run.exitCode()).isEqualTo(100);
    assertThat(run.out()).contains("blocker nack: ", "change=major");
    Files.writeString(schemas.resolve("ack.schema.json"), "{");
    assertThat(scene.apm("check", "-schemas", schemas.toString()).exitCode()).isEqualTo(1);
  }
}
