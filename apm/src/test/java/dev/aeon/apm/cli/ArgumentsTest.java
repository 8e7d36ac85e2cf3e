package dev.aeon.apm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What makes no sense is refused by name, before anything is done. */
@Timeout(300)
class ArgumentsTest {
  @TempDir Path folder;
  private Scene scene = new Scene(Path.of("."));

  @BeforeEach
  void init() {
    scene = new Scene(folder);
    scene.apm("init", "-agent", "impl_001:Implementation");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tail -n -3                           | out of range: lines=-3
          tail -n 1000001                      | out of range: lines=1000001
          tail -follow -count -1               | negative: count=-1
          replay -speed NaN                    | neither zero nor positive: speed=NaN
          replay -speed -1                     | neither zero nor positive: speed=-1.0
          tail -bus nats://:::                 | not a server's address: bus=nats://:::
          tail -bus nats://h?stream=a.b        | not a legal stream name: stream=a.b
          tail -bus nats://h?replicas=many     | not a number: replicas=many
          tail -bus nats://h?replicas=9        | out of range: replicas=9
          tail -bus nats://h?color=red         | neither stream=NAME nor replicas=COUNT: color=red
          """)
  void option_thatMakesNoSense_isRefused(String typed, String why) {
    CommandRun run = scene.apm(typed.split(" ", -1));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
    assertThat(run.err()).contains(why);
  }

  @ParameterizedTest
  @CsvSource({
    "-time, 0s, time=0ms",
    "-time, 2h, time=7200000ms",
    "-in-flight, 0, in-flight=0 least=1",
    "-size, -1, size=-1 least=0"
  })
  void measure_outOfRange_isRefused(String option, String value, String why) {
    CommandRun run = CommandRun.of("bench", option, value);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("out of range: " + why);
  }

  @Test
  void directory_withoutAName_isRefusedAndNothingIsMade() {
    CommandRun run = CommandRun.of("init", "-dir", "");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("an empty name: option=-dir");
    assertThat(Path.of("agents")).doesNotExist();
  }

  @Test
  void file_thatIsADirectory_isRefusedByName() {
    for (CommandRun run :
        new CommandRun[] {CommandRun.of("validate", folder.toString()), send("@" + folder)}) {
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("a directory, not a file: path=" + folder);
    }
  }

  @Test
  void directory_whereAFileIs_isRefusedByName() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    CommandRun run = CommandRun.of("schema", "-out", file.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("something else of that name is there: path=" + file);
  }

  @Test
  void payload_thatIsNone_isRefusedBeforeAnythingBegins() throws IOException {
    assertThat(send("{\"a\":").err()).contains("the payload is no JSON object: cause=");
    assertThat(send("[]").err()).contains("the payload is no JSON object: cause=");
    Path file = folder.resolve("long.json");
    Files.writeString(file, " ".repeat(1_048_577));
    assertThat(send("@" + file).err()).contains("the payload is too long: limit=1048576");
    assertThat(folder.resolve("state/cli")).doesNotExist();
  }

  @Test
  void schema_thatIsNone_isRefused() throws IOException {
    Path file = folder.resolve("big.schema.json");
    Files.write(file, new byte[(1 << 24) + 1]);
    CommandRun run = CommandRun.of("check", "-schemas", folder.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("no schema is that long: path=" + file);
  }

  private CommandRun send(String payload) {
    return scene.apm("send", "-to", "impl_001", "-type", "CUSTOM_A", "-payload", payload);
  }
}
