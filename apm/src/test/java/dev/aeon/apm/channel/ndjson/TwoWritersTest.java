package dev.aeon.apm.channel.ndjson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.schema.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Of two processes one writes a channel, and the other does as soon as the first is gone. */
@Timeout(180)
class TwoWritersTest {
  private static final AgentId SENDER = Samples.MANAGER.agentId();
  private static final AgentId RECEIVER = Samples.WORKER.agentId();
  private static final int PATIENCE_SECONDS = 60;

  @TempDir Path directory;

  @Test
  void open_anotherProcessWrites_isRefusedUntilItIsKilled() throws Exception {
    NdjsonChannels channels = new NdjsonChannels(directory, _ -> {});
    try (ChildProcess first = new ChildProcess(KilledWriter.class, directory, "files")) {
      assertThat(first.next(PATIENCE_SECONDS)).isNotNull();
      assertThatThrownBy(() -> channels.open(SENDER, RECEIVER))
          .isInstanceOfSatisfying(
              ChannelException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.E_SYSTEM_004));
      assertThat(first.next(PATIENCE_SECONDS)).as("the first goes on").isNotNull();
      first.kill();
    }
    try (Channel channel = channels.open(SENDER, RECEIVER)) {
      channel.append(Samples.routed(Samples.message("mine"))).get(20, TimeUnit.SECONDS);
    }
    assertThat(
            Files.readAllLines(
                directory.resolve("channels/manager_001_to_impl_001/messages.ndjson")))
        .last()
        .asString()
        .contains("req_mine");
  }
}
