package dev.aeon.apm.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.Samples;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.Receiver;
import dev.aeon.apm.schema.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no rule allows is forbidden. */
class AccessRulesTest {
  private final AccessRules rules =
      rules(
          "{\"rules\":[{\"from\":[\"type:Manager\"],\"to\":[\"type:Implementation\"],"
              + "\"types\":[\"TASK_ASSIGNMENT\"]},"
              + "{\"from\":[\"impl_001\"],\"to\":[\"manager_001\"],\"types\":[\"*\"]}]}");

  @Test
  void maySend_allowedByTypeOrId_isTrue() {
    assertThat(rules.maySend(Samples.MANAGER, Receiver.of(Samples.WORKER), "TASK_ASSIGNMENT"))
        .isTrue();
    assertThat(
            rules.maySend(
                Samples.MANAGER, Receiver.ofType(AgentType.IMPLEMENTATION), "TASK_ASSIGNMENT"))
        .isTrue();
    assertThat(rules.maySend(Samples.WORKER, Receiver.of(Samples.MANAGER), "CUSTOM_X")).isTrue();
  }

  @Test
  void maySend_anythingElse_isFalse() {
    assertThat(rules.maySend(Samples.MANAGER, Receiver.of(Samples.WORKER), "STATE_SYNC")).isFalse();
    assertThat(rules.maySend(Samples.OTHER, Receiver.of(Samples.MANAGER), "TASK_UPDATE")).isFalse();
    assertThat(rules.maySend(Samples.MANAGER, Receiver.everyone(), "TASK_ASSIGNMENT")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"rules\":[{}]}",
        "{\"rules\":[{\"from\":[\"type:Robot\"],\"to\":[\"*\"],\"types\":[\"*\"]}]}",
        "{\"rules\":[{\"from\":[\"../x\"],\"to\":[\"*\"],\"types\":[\"*\"]}]}",
        "{\"rules\":[{\"from\":[\"*\"],\"to\":[],\"types\":[\"*\"]}]}"
      })
  void of_wrongRule_isRefused(String text) {
    assertThatThrownBy(() -> rules(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void read_file_isTheRulesInIt(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("rules.json");
    Files.writeString(file, "{\"rules\":[{\"from\":[\"*\"],\"to\":[\"*\"],\"types\":[\"*\"]}]}");
    assertThat(AccessRules.read(file).maySend(Samples.OTHER, Receiver.everyone(), "CUSTOM_X"))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"rules\":[", "{\"rules\":[]}x", "{\"rules\":7}"})
  void read_malformedOrTruncated_isRefusedByName(String text, @TempDir Path directory)
      throws IOException {
    Path file = directory.resolve("rules.json");
    Files.writeString(file, text);
    assertThatThrownBy(() -> AccessRules.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not access rules: path=" + file);
  }

  @Test
  void read_tooLong_isRefusedByName(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("rules.json");
    Files.writeString(file, "{\"rules\":[]}" + " ".repeat(1 << 20));
    assertThatThrownBy(() -> AccessRules.read(file))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(file + ": too long: limit=1048576");
    assertThatThrownBy(() -> AccessRules.read(Path.of("/dev/zero")))
        .hasMessageContaining("too long");
  }

  private static AccessRules rules(String text) {
    return AccessRules.of(JsonObject.parse(text.getBytes(StandardCharsets.UTF_8)));
  }
}
