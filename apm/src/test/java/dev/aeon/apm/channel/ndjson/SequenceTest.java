package dev.aeon.apm.channel.ndjson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.RecordingListener;
import dev.aeon.apm.channel.SequenceGap;
import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Metadata;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A channel's lines are numbered, and a reader says which of them it never saw. */
@Timeout(300)
class SequenceTest {
  private static final AgentId SENDER = Samples.MANAGER.agentId();
  private static final AgentId RECEIVER = Samples.WORKER.agentId();

  @TempDir Path apm;
  private final RecordingListener listener = new RecordingListener();
  private NdjsonOptions options = NdjsonOptions.defaults();

  @Test
  void append_overRestartsAndRotations_numbersGoOnFromOne() throws Exception {
    options = options.withRotation(2000, Duration.ofDays(1));
    for (int life = 0; life < 4; life++) {
      append(7);
      if (life == 1) {
        Files.delete(file("commit.idx"));
      }
    }
    try (Inbox _ = channels().watch(RECEIVER, listener)) {
      for (int number = 1; number <= 28; number++) {
        assertThat(number(listener.nextDelivery().line())).isEqualTo(number);
      }
      assertThat(listener.hasMore()).isFalse();
    }
  }

  @Test
  void append_messageThatHasANumber_getsItsOwn() throws Exception {
    String forwarded = "{\"seq\":99,\"padding\":\"p\",\"x\":1}";
    String text =
        Samples.message("t1").toString().replaceFirst("^\\{", "{\"metadata\":" + forwarded + ",");
    Message message = Message.of(JsonCodec.decode(text.getBytes(UTF_8)).fields());
    try (Channel channel = channels().open(SENDER, RECEIVER)) {
      channel.append(Samples.routed(message)).get(60, TimeUnit.SECONDS);
    }
    String expected = text.replace(forwarded, "{\"seq\":1,\"padding\":\"p\",\"x\":1}");
    assertThat(Files.readString(file("messages.ndjson"))).isEqualTo(expected + "\n");
  }

  @Test
  void append_noRoomForANumber_isCountedAllTheSame() throws Exception {
    Message small = Samples.message("t");
    int spare = JsonCodec.MAX_BYTE_SIZE - Samples.routed(padded(small, 0)).line().length;
    try (Channel channel = channels().open(SENDER, RECEIVER)) {
      for (Message message : List.of(small, padded(small, spare), small)) {
        channel.append(Samples.routed(message)).get(60, TimeUnit.SECONDS);
      }
    }
    append(1);
    try (Inbox _ = channels().watch(RECEIVER, listener)) {
      List<Long> numbers = new ArrayList<>();
      for (int count = 0; count < 4; count++) {
        numbers.add(number(listener.nextDelivery().line()));
      }
      assertThat(numbers).containsExactly(1L, 0L, 3L, 4L);
      assertThat(listener.hasMore()).isFalse();
    }
  }

  @Test
  void read_linesThatSomebodyTookOut_areReportedAsAGap() throws Exception {
    append(5);
    List<String> lines = Files.readAllLines(file("messages.ndjson"));
    Files.write(file("messages.ndjson"), List.of(lines.get(0), lines.get(3), lines.get(4)));
    try (Inbox _ = channels().watch(RECEIVER, listener)) {
      SequenceGap gap = listener.nextGap();
      assertThat(gap.expected()).isEqualTo(2);
      assertThat(gap.found()).isEqualTo(4);
      assertThat(gap.missing()).isEqualTo(2);
      assertThat(gap.source().position()).isEqualTo(lines.getFirst().length() + 1L);
      assertThat(gap.source().channel()).isEqualTo("manager_001_to_impl_001");
      for (int count = 0; count < 3; count++) {
        listener.nextDelivery();
      }
      assertThat(listener.hasMore()).isFalse();
    }
  }

  @Test
  void read_numbersThatGoBack_areReportedToo() throws Exception {
    append(3);
    String again = Files.readString(file("messages.ndjson"));
    Files.writeString(file("messages.ndjson"), again + again);
    try (Inbox _ = channels().watch(RECEIVER, listener)) {
      SequenceGap gap = listener.nextGap();
      assertThat(gap.expected()).isEqualTo(4);
      assertThat(gap.found()).isOne();
      assertThat(gap.missing()).isZero();
    }
  }

  @Test
  void open_committedLinesAreGone_theirNumbersAreNotGivenAgain() throws Exception {
    append(3);
    List<String> lines = Files.readAllLines(file("messages.ndjson"));
    Files.write(file("messages.ndjson"), List.of(lines.getFirst()));
    append(1);
    try (Inbox _ = channels().watch(RECEIVER, listener)) {
      assertThat(listener.nextGap().missing()).isEqualTo(2);
    }
  }

  @Test
  void read_channelFromBeforeNumbers_isNoGap() throws Exception {
    append(1);
    Files.writeString(file("messages.ndjson"), Samples.message("old") + "\n");
    Files.delete(file("commit.idx"));
    append(2);
    try (Inbox _ = channels().watch(RECEIVER, listener)) {
      List<Long> numbers = new ArrayList<>();
      for (int count = 0; count < 3; count++) {
        numbers.add(number(listener.nextDelivery().line()));
      }
      assertThat(numbers).containsExactly(0L, 1L, 2L);
      assertThat(listener.hasMore()).isFalse();
    }
  }

  @Test
  void of_textThatIsNoNumber_isNone() {
    for (String line :
        List.of(
            "",
            "{",
            "{\"metadata\":{\"seq\":",
            "{\"metadata\":{\"seq\":1",
            "{\"metadata\":{\"seq\":-1}}",
            "{\"metadata\":{\"seq\":1.5}}",
            "{\"metadata\":{\"seq\":12345678901234567890}}",
            "{\"payload\":{\"metadata\":{\"seq\":1}}}")) {
      assertThat(SequenceNumber.of(line.getBytes(UTF_8), 0, line.length())).as(line).isZero();
    }
  }

  private NdjsonChannels channels() {
    return new NdjsonChannels(apm, _ -> {}, options);
  }

  private Path file(String name) {
    return apm.resolve("channels/manager_001_to_impl_001").resolve(name);
  }

  private void append(int count) throws Exception {
    try (Channel channel = channels().open(SENDER, RECEIVER)) {
      for (int index = 0; index < count; index++) {
        channel.append(Samples.routed(Samples.message("t" + index))).get(60, TimeUnit.SECONDS);
      }
    }
  }

  private static Message padded(Message message, int byteSize) {
    Metadata padding = Metadata.builder().put("padding", "p".repeat(byteSize)).build();
    return message.toBuilder().metadata(padding).build();
  }

  private static long number(byte[] line) {
    return SequenceNumber.of(line, 0, line.length);
  }
}
