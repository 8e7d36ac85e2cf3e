package dev.aeon.apm.channel.ndjson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.RecordingListener;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.EntityType;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.StateOperation;
import dev.aeon.apm.message.StateSync;
import dev.aeon.apm.schema.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Packed files say the same at the same positions, less what a later line replaces. */
@Timeout(300)
class CompactionTest {
  private static final AgentId SENDER = Samples.MANAGER.agentId();
  private static final AgentId RECEIVER = Samples.WORKER.agentId();

  @TempDir Path directory;
  private final RecordingListener listener = new RecordingListener();
  private Instant now = Instant.now();

  private NdjsonOptions options() {
    return NdjsonOptions.defaults().withRotation(4000, Duration.ofDays(1)).withClock(() -> now);
  }

  private NdjsonChannels channels() {
    return new NdjsonChannels(directory, _ -> {}, options());
  }

  private Path channel() {
    return directory.resolve("channels/manager_001_to_impl_001");
  }

  private List<Segment> rotated() throws IOException {
    return Segment.list(channel());
  }

  private static String append(Channel channel, Message message) throws Exception {
    var routed = Samples.routed(message);
    channel.append(routed).get(60, TimeUnit.SECONDS);
    return RecordingListener.renumbered(routed.line());
  }

  /** Messages that everything is settled of. */
  private List<String> history(int count) throws Exception {
    List<String> lines = new ArrayList<>();
    try (Channel channel = channels().open(SENDER, RECEIVER);
        Inbox _ = channels().listen(RECEIVER, listener)) {
      for (int index = 0; index < count; index++) {
        lines.add(append(channel, Samples.message("n" + index)));
        listener.nextDelivery().settle();
      }
    }
    return lines;
  }

  private List<Delivery> watch(int count) throws InterruptedException {
    RecordingListener watching = new RecordingListener();
    List<Delivery> deliveries = new ArrayList<>();
    try (Inbox _ = channels().watch(RECEIVER, watching)) {
      for (int index = 0; index < count; index++) {
        deliveries.add(watching.nextDelivery());
      }
      assertThat(watching.hasMore()).isFalse();
    }
    return deliveries;
  }

  private static String text(Delivery delivery) {
    return RecordingListener.renumbered(delivery.line());
  }

  @Test
  void compact_settledFiles_areReadAtTheSamePositions() throws Exception {
    List<String> lines = history(60);
    List<Delivery> before = watch(60);
    List<Segment> plain = rotated();
    byte[] first = Files.readAllBytes(plain.getFirst().path());
    channels().compact(SENDER, RECEIVER);
    assertThat(rotated()).hasSameSizeAs(plain).allMatch(Segment::isPacked);
    assertThat(plain).noneMatch(segment -> Files.exists(segment.path()));
    assertThat(unpacked(rotated().getFirst())).isEqualTo(first);
    List<Delivery> after = watch(60);
    assertThat(after).extracting(CompactionTest::text).isEqualTo(lines);
    assertThat(after)
        .extracting(Delivery::source)
        .isEqualTo(before.stream().map(Delivery::source).toList());
  }

  @Test
  void compact_whatAReaderNeeds_staysAsItIs() throws Exception {
    try (Channel channel = channels().open(SENDER, RECEIVER);
        Inbox _ = channels().listen(RECEIVER, listener)) {
      for (int index = 0; index < 60; index++) {
        append(channel, Samples.message("n" + index));
        Delivery delivery = listener.nextDelivery();
        if (index < 30) {
          delivery.settle();
        }
      }
    }
    channels().compact(SENDER, RECEIVER);
    assertThat(rotated().getFirst().isPacked()).isTrue();
    assertThat(rotated().getLast().isPacked()).isFalse();
    try (Inbox _ = channels().listen(RECEIVER, listener)) {
      assertThat(listener.nextLine()).contains("\"req_n30\"");
    }
  }

  @Test
  void compact_statesThatALaterOneReplaces_areLeftOut() throws Exception {
    try (Channel channel = channels().open(SENDER, RECEIVER);
        Inbox _ = channels().listen(RECEIVER, listener)) {
      for (int index = 0; index < 40; index++) {
        // Of "b" the first is the newest, whatever came after it.
        append(channel, state(index % 2 == 0 ? "a" : "b", index % 2 == 0 ? index : -index));
        listener.nextDelivery().settle();
      }
    }
    List<String> lines = watch(40).stream().map(CompactionTest::text).toList();
    long fileCount = rotated().size();
    channels().compact(SENDER, RECEIVER);
    int active = (int) Files.readString(channel().resolve("messages.ndjson")).lines().count();
    List<String> left =
        watch((int) fileCount * 2 + active).stream().map(CompactionTest::text).toList();
    assertThat(lines).containsSubsequence(left);
    assertThat(left.getFirst()).contains("\"entityId\":\"b\"", "\"n\":-1}");
  }

  private static Message state(String entityId, int number) {
    StateSync sync =
        StateSync.builder()
            .entityType(EntityType.TASK)
            .entityId(entityId)
            .operation(StateOperation.UPDATE)
            .state(JsonObject.builder().put("n", number).build())
            .syncTimestamp(Samples.TIME.plusSeconds(number))
            .build();
    return Message.builder().sender(Samples.MANAGER).receiver(Samples.WORKER).payload(sync).build();
  }

  @Test
  void rotation_optionIsSet_packsOldFilesBesideTheWriter() throws Exception {
    history(30);
    int plain = rotated().size();
    now = now.plus(Duration.ofHours(2));
    NdjsonOptions packing = options().withCompaction(Duration.ofHours(1));
    NdjsonChannels writing = new NdjsonChannels(directory, _ -> {}, packing);
    try (Channel channel = writing.open(SENDER, RECEIVER)) {
      for (int index = 0; rotated().stream().filter(Segment::isPacked).count() < plain; index++) {
        append(channel, Samples.message("more" + index));
      }
    }
    assertThat(rotated().getLast().isPacked()).as("young").isFalse();
  }

  @Test
  void compact_afterACrashBeforeThePlainFileWent_removesIt() throws Exception {
    List<String> lines = history(30);
    Segment first = rotated().getFirst();
    byte[] plain = Files.readAllBytes(first.path());
    channels().compact(SENDER, RECEIVER);
    Files.write(first.path(), plain);
    assertThat(rotated().getFirst()).isEqualTo(first);
    assertThat(watch(30)).extracting(CompactionTest::text).isEqualTo(lines);
    channels().compact(SENDER, RECEIVER);
    assertThat(first.path()).doesNotExist();
    assertThat(watch(30)).extracting(CompactionTest::text).isEqualTo(lines);
  }

  @Test
  void watch_packedFileIsDamaged_isSaidAndReadingGoesOnAfterIt() throws Exception {
    List<String> lines = history(60);
    channels().compact(SENDER, RECEIVER);
    Segment first = rotated().getFirst();
    int lost = (int) new String(unpacked(first), UTF_8).lines().count();
    byte[] packed = Files.readAllBytes(first.path());
    List<byte[]> damages =
        List.of(new byte[0], new byte[] {1, 2, 3}, Arrays.copyOf(packed, packed.length / 2));
    for (byte[] damaged : damages) {
      Files.write(first.path(), damaged);
      RecordingListener watching = new RecordingListener();
      try (Inbox _ = channels().watch(RECEIVER, watching)) {
        assertThat(watching.nextMalformed().violations().getFirst().detail())
            .contains("next=" + first.end());
        for (String line : lines.subList(lost, 60)) {
          assertThat(watching.nextLine()).isEqualTo(line);
        }
      }
    }
  }

  private static byte[] unpacked(Segment segment) throws IOException {
    try (InputStream packed = new GZIPInputStream(Files.newInputStream(segment.path()))) {
      return packed.readAllBytes();
    }
  }
}
