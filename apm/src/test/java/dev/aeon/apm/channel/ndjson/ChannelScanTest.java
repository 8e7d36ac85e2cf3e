package dev.aeon.apm.channel.ndjson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.ChannelName;
import dev.aeon.apm.channel.ChannelStatus;
import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.channel.InboxListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking at channels without being a reader. */
class ChannelScanTest {
  private static final int MESSAGES = 30;

  @TempDir Path folder;
  private final List<String> seen = new ArrayList<>();
  private final InboxListener listener =
      new InboxListener() {
        @Override
        public void onLine(Delivery delivery) {
          seen.add(new String(delivery.line(), StandardCharsets.UTF_8));
        }

        @Override
        public void onMalformed(BadInput input) {
          seen.add("malformed");
        }
      };

  @Test
  void lastLines_acrossRotatedFilesAndATornEnd_areTheLastWholeOnes() throws IOException {
    send(0, MESSAGES);
    append("{\"torn\":");
    assertThat(Segment.list(channel())).hasSizeGreaterThan(2);
    for (int count = 0; count <= MESSAGES + 5; count++) {
      seen.clear();
      try (ChannelScan scan = ChannelScan.openAtLast(count, folder, _ -> true, listener)) {
        scan.advance();
      }
      int expected = Math.min(count, MESSAGES);
      assertThat(seen).as("count=" + count).hasSize(expected);
      for (int index = 0; index < expected; index++) {
        assertThat(seen.get(index)).contains("\"t" + (MESSAGES - expected + index) + "\"");
      }
    }
  }

  @Test
  void whatIsWrittenLater_isDeliveredOnce_alsoWhereTheFirstFilesAreGone() throws IOException {
    send(0, MESSAGES);
    Files.delete(Segment.list(channel()).getFirst().path());
    try (ChannelScan scan = ChannelScan.open(folder, _ -> true, listener)) {
      scan.advance();
      int before = seen.size();
      assertThat(before).isLessThan(MESSAGES).isPositive();
      assertThat(seen).doesNotContain("malformed");
      send(MESSAGES, MESSAGES + 2);
      scan.advance();
      assertThat(seen).hasSize(before + 2).last().asString().contains("\"t31\"");
      assertThat(scan.advance()).isFalse();
    }
  }

  @Test
  void channels_areThoseWithALegalName() throws IOException {
    send(0, 1);
    Files.createDirectory(folder.resolve("channels/_to_x"));
    Files.createFile(folder.resolve("channels/a_to_b"));
    ChannelName name = new ChannelName(Samples.MANAGER.agentId(), Samples.WORKER.agentId());
    assertThat(ChannelScan.channels(folder)).containsExactly(name);
    assertThat(ChannelName.parse(name.toString())).contains(name);
    assertThat(ChannelName.parse("a_to_b_to_c")).isEmpty();
    assertThat(ChannelName.parse("../x_to_b")).isEmpty();
  }

  @Test
  void directory_thatIsNone_isRefused() {
    assertThatThrownBy(() -> ChannelScan.open(folder.resolve("none"), _ -> true, listener))
        .isInstanceOf(ChannelException.class);
  }

  @Test
  void status_saysHowMuchIsKept() throws IOException {
    send(0, MESSAGES);
    ChannelName name = ChannelScan.channels(folder).getFirst();
    ChannelStatus whole = StatusLook.of(folder, name);
    assertThat(whole.begin()).isZero();
    Segment first = Segment.list(channel()).getFirst();
    Files.delete(first.path());
    ChannelStatus less = StatusLook.of(folder, name);
    assertThat(less.begin()).isEqualTo(first.byteSize());
    assertThat(less.byteSize()).hasValue(whole.byteSize().getAsLong() - first.byteSize());
    assertThat(less.fileCount()).isEqualTo(whole.fileCount() - 1);
  }

  private void send(int from, int to) {
    NdjsonOptions options = NdjsonOptions.defaults().withRotation(2000, Duration.ofDays(1));
    NdjsonChannels channels = new NdjsonChannels(folder, _ -> {}, options);
    try (Channel channel = channels.open(Samples.MANAGER.agentId(), Samples.WORKER.agentId())) {
      for (int task = from; task < to; task++) {
        channel.append(Samples.routed(Samples.message("t" + task))).join();
      }
    }
  }

  private Path channel() {
    return folder.resolve("channels/manager_001_to_impl_001");
  }

  private void append(String text) throws IOException {
    Files.writeString(channel().resolve("messages.ndjson"), text, StandardOpenOption.APPEND);
  }
}
