package dev.aeon.apm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.Samples;
import dev.aeon.apm.codec.JsonCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code apm validate} and {@code apm schema} as a user types them. */
class ValidateCommandTest {
  private static final String VALID = Samples.message("t1").toString();

  @TempDir Path folder;
  private final InputStream input = System.in;

  @AfterEach
  void restoreInput() {
    System.setIn(input);
  }

  @Test
  void validMessages_oneALine_areAllRight() throws IOException {
    CommandRun run = CommandRun.of("validate", file(VALID + "\r\n\n" + VALID + "\n"));
    assertThat(run.exitCode()).as(run.out()).isZero();
    assertThat(run.out()).isEqualToIgnoringNewLines("messages=2 invalid=0");
  }

  @Test
  void message_overSeveralLines_isOne() throws IOException {
    CommandRun run = CommandRun.of("validate", file(VALID.replace(",\"", ",\n  \"")));
    assertThat(run.out()).isEqualToIgnoringNewLines("messages=1 invalid=0");
  }

  @Test
  void invalidMessage_isFoundWithItsLineAndEverythingWrong() throws IOException {
    String bad = VALID.replace("\"NORMAL\"", "\"SOON\"").replace("\"taskId\"", "\"task\"");
    String file = file(VALID + "\n" + bad + "\n{\n");
    CommandRun run = CommandRun.of("validate", file);
    assertThat(run.exitCode()).isEqualTo(100);
    assertThat(run.out())
        .contains(file + ":2: E_VALIDATION_001 payload.taskId: ")
        .contains(file + ":2: E_VALIDATION_003 priority: ")
        .contains("[medium, recoverable]")
        .contains(file + ":3: E_PROTOCOL_002 ")
        .contains("messages=3 invalid=2");
  }

  @Test
  void findings_asJson_areOneALine() throws IOException {
    CommandRun run = CommandRun.of("validate", file("{\n"), "-json");
    assertThat(run.json().string("code")).isEqualTo("E_PROTOCOL_002");
    assertThat(run.json().integer("line")).isEqualTo(1);
  }

  @Test
  void line_thatIsTooLong_isCountedAndNotHeld() throws IOException {
    String file = file(VALID + "\n" + "x".repeat(3 << 20) + "\n" + VALID + "\n");
    CommandRun run = CommandRun.of("validate", file);
    assertThat(run.out())
        .contains(file + ":2: E_VALIDATION_005 too long: byteSize=3145728")
        .contains("messages=3 invalid=1");
  }

  @Test
  void line_ofTheGreatestLength_passesWithACarriageReturn() throws IOException {
    String longest = ofLength(JsonCodec.MAX_BYTE_SIZE);
    assertThat(CommandRun.of("validate", file(longest + "\r\n" + VALID + "\n")).out())
        .contains("messages=2 invalid=0");
    String longer = ofLength(JsonCodec.MAX_BYTE_SIZE + 1);
    assertThat(CommandRun.of("validate", file(longer + "\n")).out())
        .contains("E_VALIDATION_005")
        .contains("messages=1 invalid=1");
  }

  @Test
  void standardInput_isReadWhereNoFileIsNamed() {
    System.setIn(new ByteArrayInputStream(VALID.getBytes(StandardCharsets.UTF_8)));
    assertThat(CommandRun.of("validate").out()).isEqualToIgnoringNewLines("messages=1 invalid=0");
  }

  @Test
  void unsignedMessage_isFoundWhereKeysAreGiven() throws IOException {
    Path keys = folder.resolve("keys.json");
    Files.writeString(keys, "{\"keys\": []}");
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
    CommandRun run = CommandRun.of("validate", file(VALID), "-keys", keys.toString());
    assertThat(run.exitCode()).isEqualTo(100);
    assertThat(run.out()).contains("E_SECURITY_001");
  }

  @Test
  void controls_inAMessage_neverReachTheTerminal() throws IOException {
    String bad = VALID.replace("\"NORMAL\"", "\"\\u001b[2J\"");
    CommandRun run = CommandRun.of("validate", file(bad));
    assertThat(run.out()).contains("E_VALIDATION_003").doesNotContain("\u001b");
  }

  @Test
  void file_thatIsNotThere_isRefused() {
    CommandRun run = CommandRun.of("validate", folder.resolve("none").toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("no such file");
  }

  @Test
  void schema_byName_isPrinted() {
    assertThat(CommandRun.of("schema", "TASK_UPDATE").json().string("$id"))
        .isEqualTo("urn:aeon:apm:1:task_update");
    assertThat(CommandRun.of("schema").out().lines()).contains("message", "nack");
    assertThat(CommandRun.of("schema", "cake").exitCode()).isEqualTo(1);
  }

  @Test
  void schemas_toAFolder_areAllWritten() {
    Path out = folder.resolve("schemas");
    CommandRun run = CommandRun.of("schema", "-out", out.toString(), "-json");
    assertThat(run.json().strings("written")).contains("message");
    assertThat(out.resolve("message.schema.json")).isNotEmptyFile();
  }

  private static String ofLength(int byteSize) {
    String marked = VALID.replace("index a shard", "@");
    return marked.replace("@", "x".repeat(byteSize - marked.length() + 1));
  }

  private String file(String content) throws IOException {
    return Files.writeString(folder.resolve("messages"), content).toString();
  }
}
