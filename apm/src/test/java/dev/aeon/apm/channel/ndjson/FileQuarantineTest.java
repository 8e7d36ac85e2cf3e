package dev.aeon.apm.channel.ndjson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Source;
import dev.aeon.apm.internal.files.FullDisk;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Violation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is quarantined is kept, or whoever brought it is told that it is not. */
class FileQuarantineTest {
  private static final AgentId AGENT = Samples.MANAGER.agentId();

  @TempDir Path directory;
  private final FullDisk disk = new FullDisk();

  private static BadInput input(String raw) {
    byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
    Violation violation = new Violation("", ErrorCode.E_PROTOCOL_002, "no JSON");
    return new BadInput(new Source("a_to_b", 7), bytes, bytes.length, List.of(violation));
  }

  private FileQuarantine quarantine() {
    return disk.under(() -> new FileQuarantine(directory, AGENT, InstantSource.system()));
  }

  private Path file() {
    return directory.resolve("dlq/manager_001/malformed.ndjson");
  }

  private static String kept(String line) {
    return JsonObject.parse(line.getBytes(StandardCharsets.UTF_8)).string("rawBase64");
  }

  @Test
  void keep_diskIsFull_saysSoAndKeepsOnceThereIsRoom() throws IOException {
    FileQuarantine quarantine = quarantine();
    quarantine.keep(input("a"));
    disk.setFull(true);
    assertThatThrownBy(() -> quarantine.keep(input("b")))
        .isInstanceOfSatisfying(
            ChannelException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.E_SYSTEM_002))
        .hasMessageContaining("agentId=manager_001");
    disk.setFull(false);
    quarantine.keep(input("b"));
    assertThat(Files.readAllLines(file()))
        .extracting(FileQuarantineTest::kept)
        .containsExactly("YQ==", "Yg==");
  }

  @Test
  void keep_afterHalfALine_isALineOfItsOwn() throws IOException {
    quarantine().keep(input("a"));
    Files.writeString(file(), "{\"failedAt\":\"20", StandardOpenOption.APPEND);
    quarantine().keep(input("b"));
    List<String> lines = Files.readAllLines(file());
    assertThat(lines).hasSize(3);
    assertThat(kept(lines.getFirst())).isEqualTo("YQ==");
    assertThat(kept(lines.getLast())).isEqualTo("Yg==");
  }

  @Test
  void keep_symbolicLinkInItsPlace_isRefused() throws IOException {
    Path elsewhere = Files.createFile(directory.resolve("elsewhere"));
    Files.createDirectories(file().getParent());
    Files.createSymbolicLink(file(), elsewhere);
    assertThatThrownBy(() -> quarantine().keep(input("a")))
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("a symbolic link");
    assertThat(elsewhere).isEmptyFile();
  }

  @Test
  void open_tornEndCannotBeKept_opensNotAndCutsNothing() throws IOException {
    NdjsonChannels channels = new NdjsonChannels(directory, quarantine());
    channels.open(AGENT, Samples.WORKER.agentId()).close();
    Path messages = directory.resolve("channels/manager_001_to_impl_001/messages.ndjson");
    Files.writeString(messages, "ok\ntorn");
    disk.setFull(true);
    assertThatThrownBy(() -> channels.open(AGENT, Samples.WORKER.agentId()))
        .isInstanceOfSatisfying(
            ChannelException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.E_SYSTEM_002));
    assertThat(messages).hasContent("ok\ntorn");

    disk.setFull(false);
    channels.open(AGENT, Samples.WORKER.agentId()).close();
    assertThat(messages).hasContent("ok");
    assertThat(Files.readAllLines(file()))
        .singleElement()
        .extracting(FileQuarantineTest::kept)
        .isEqualTo("dG9ybg==");
  }
}
