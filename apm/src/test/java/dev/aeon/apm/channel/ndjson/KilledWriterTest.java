package dev.aeon.apm.channel.ndjson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.Samples;
import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.message.Message;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a writer reported durable is there after the process was killed. */
@Timeout(120)
class KilledWriterTest {
  private static final int KILLS = 3;
  private static final int ID_LENGTH = "msg_20251112_100000_".length() + 26;
  private static final int MESSAGES_BEFORE_KILL = 700;

  @TempDir Path directory;

  @Test
  void kill_anyMoment_losesNothingDurableAndLeavesWholeLines() throws Exception {
    Set<String> durable = new HashSet<>();
    for (int kill = 0; kill < KILLS; kill++) {
      durable.addAll(writeUntilKilled());
      reopen();
      List<String> written = idsInFile();
      Set<String> lost = new HashSet<>(durable);
      lost.removeAll(Set.copyOf(written));
      assertThat(lost).isEmpty();
      assertThat(Set.copyOf(written)).hasSameSizeAs(written);
    }
    assertThat(durable).hasSizeGreaterThanOrEqualTo(KILLS * (MESSAGES_BEFORE_KILL - 1));
  }

  private Set<String> writeUntilKilled() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledWriter.class.getName(),
                directory.toString())
            .redirectError(directory.resolve("error").toFile())
            .start();
    Set<String> ids = new HashSet<>();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        ids.add(line);
        if (ids.size() == MESSAGES_BEFORE_KILL) {
          assertThat(process.toHandle().destroyForcibly()).isTrue();
        }
      }
    }
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    // The last line may itself be torn by the kill.
    return ids.stream().filter(id -> id.length() == ID_LENGTH).collect(Collectors.toSet());
  }

  private void reopen() {
    new NdjsonChannels(directory, _ -> {})
        .open(Samples.MANAGER.agentId(), Samples.WORKER.agentId())
        .close();
  }

  private List<String> idsInFile() throws IOException {
    Path file = directory.resolve("channels/manager_001_to_impl_001/messages.ndjson");
    return Files.readAllLines(file).stream()
        .map(line -> JsonCodec.decode(line.getBytes(StandardCharsets.UTF_8)).fields())
        .map(fields -> Message.of(fields).messageId().value())
        .toList();
  }
}
