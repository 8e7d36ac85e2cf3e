package dev.aeon.apm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.Samples;
import dev.aeon.apm.schema.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code apm tail} as a user types it. */
@Timeout(300)
class TailCommandTest {
  @TempDir Path folder;

  @Test
  void messages_ofAllChannels_areInTheOrderOfTime() {
    assertThat(Scene.ofATask(folder).apm("tail").out().lines())
        .containsExactly(
            "2026-01-31T10:00:00.000Z  manager_001 → impl_001  TASK_ASSIGNMENT  t1 \"Task t1\"  req_t1",
            "2026-01-31T10:00:01.000Z  impl_001 → manager_001  ACK  received  req_t1",
            "2026-01-31T10:00:02.000Z  impl_001 → manager_001  TASK_UPDATE  t1 in_progress 50%  req_t1",
            "2026-01-31T10:00:03.000Z  manager_001 → impl_001  ACK  received  req_t1");
  }

  @Test
  void lines_limitWhatIsShownToTheNewest() {
    Scene scene = new Scene(folder);
    for (int task = 0; task < 30; task++) {
      scene.says(Samples.MANAGER, Samples.WORKER, "r" + task, Samples.assignment("t" + task));
    }
    assertThat(scene.apm("tail").out().lines()).hasSize(10).first().asString().endsWith("r20");
    assertThat(scene.apm("tail", "-n", "1").out().lines())
        .singleElement()
        .asString()
        .endsWith("r29");
    assertThat(scene.apm("tail", "-lines", "0").out()).isEmpty();
    assertThat(scene.apm("tail", "-n", "1000").out().lines()).hasSize(30);
  }

  @Test
  void shortOptions_takeTheirValueWithOrWithoutASpaceAndMayBeJoined() {
    Scene scene = Scene.ofATask(folder);
    List<String> newest = scene.apm("tail", "-n", "2").out().lines().toList();
    assertThat(newest).hasSize(2);
    for (String typed : List.of("-n2", "-n=2", "-fn2", "-fn=2")) {
      CommandRun run = scene.apm("tail", typed, "-count", "0");
      assertThat(run.out().lines()).as(typed + run.err()).isEqualTo(newest);
    }
  }

  @ParameterizedTest
  @CsvSource({"-nx, x", "-n2x, 2x", "-folow, -folow", "-x2, -x2"})
  void shortOption_thatMakesNoSense_isRefused(String first, String why) {
    CommandRun run = Scene.ofATask(folder).apm("tail", first);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(why);
  }

  @Test
  void selection_byTypeAgentChannelAndTime_leavesTheRestOut() {
    Scene scene = Scene.ofATask(folder);
    scene.says(Samples.MANAGER, Samples.OTHER, "req_t2", Samples.assignment("t2"));
    assertThat(scene.apm("tail", "-type", "ACK").out().lines()).hasSize(2);
    assertThat(scene.apm("tail", "-type", "ACK", "-n", "1").out()).contains("10:00:03");
    assertThat(scene.apm("tail", "-agent", "impl_002").out().lines()).hasSize(1);
    assertThat(scene.apm("tail", "-channel", "impl_001_to_manager_001").out().lines()).hasSize(2);
    assertThat(scene.apm("tail", "-correlation", "req_t2").out().lines()).hasSize(1);
    assertThat(scene.apm("tail", "-since", "2026-01-31T10:00:02Z").out().lines()).hasSize(3);
    assertThat(scene.apm("tail", "-until", "2026-01-31T10:00:02Z").out().lines()).hasSize(2);
    assertThat(scene.apm("tail", "-since", "1m").out()).isEmpty();
    assertThat(scene.apm("tail", "-since", "noon").exitCode()).isEqualTo(2);
    assertThat(scene.apm("tail", "-channel", "a_b").exitCode()).isEqualTo(2);
  }

  @Test
  void json_isTheMessagesThemselves() {
    Scene scene = Scene.ofATask(folder);
    List<JsonObject> messages =
        scene.apm("tail", "-json").out().lines().map(TailCommandTest::parsed).toList();
    assertThat(messages)
        .extracting(message -> message.string("messageType"))
        .containsExactly("TASK_ASSIGNMENT", "ACK", "TASK_UPDATE", "ACK");
  }

  @Test
  void line_thatIsNoMessage_isShownAsSuch() throws IOException {
    Scene scene = Scene.ofATask(folder);
    Path file = folder.resolve("channels/manager_001_to_impl_001/messages.ndjson");
    Files.writeString(file, "{\"a\n{\"torn", StandardOpenOption.APPEND);
    assertThat(scene.apm("tail").out())
        .contains("not a message: manager_001_to_impl_001@", "E_PROTOCOL_002")
        .doesNotContain("torn");
    assertThat(scene.apm("tail", "-json").out()).contains("{\"malformed\":{\"channel\":");
  }

  @Test
  void line_thatSomebodyTookOut_isShownAsAGap() throws IOException {
    Scene scene = Scene.ofATask(folder);
    Path file = folder.resolve("channels/manager_001_to_impl_001/messages.ndjson");
    Files.write(file, List.of(Files.readAllLines(file).getLast()));
    assertThat(scene.apm("tail").out())
        .contains("sequence gap: manager_001_to_impl_001@0 expected=1 found=2");
    assertThat(scene.apm("tail", "-json").out())
        .contains("{\"sequenceGap\":{\"channel\":\"manager_001_to_impl_001\"", "\"missing\":1");
  }

  @Test
  void followed_showsWhatComes_alsoInChannelsMadeLater() throws Exception {
    Scene scene = Scene.ofATask(folder);
    CompletableFuture<CommandRun> tail =
        CompletableFuture.supplyAsync(
            () -> scene.apm("tail", "-n", "0", "-follow", "-count", "2", "-type", "TASK_UPDATE"));
    Scene later = new Scene(folder, Instant.parse("2026-02-01T10:00:00Z"));
    // As long as it takes: what was said before the look began is not shown.
    for (int said = 0; !tail.isDone() && said < 10_000; said++) {
      later.says(Samples.OTHER, Samples.MANAGER, "late", Samples.update("t2", 1));
    }
    CommandRun run = tail.get(60, TimeUnit.SECONDS);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .hasSize(2)
        .allMatch(line -> line.contains("impl_002 → manager_001"));
  }

  @Test
  void looking_makesNoFile() throws IOException {
    Scene scene = Scene.ofATask(folder);
    List<Path> before = files();
    scene.apm("tail");
    scene.apm("trace", "req_t1");
    assertThat(files()).isEqualTo(before);
  }

  private List<Path> files() throws IOException {
    try (var found = Files.walk(folder)) {
      return found.sorted().toList();
    }
  }

  private static JsonObject parsed(String line) {
    return JsonObject.parse(line.getBytes(StandardCharsets.UTF_8));
  }
}
