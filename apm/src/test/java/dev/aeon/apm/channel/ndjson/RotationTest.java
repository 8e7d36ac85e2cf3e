package dev.aeon.apm.channel.ndjson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.RecordingListener;
import dev.aeon.apm.message.AgentId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files of a channel come and go; its messages and positions stay. */
@Timeout(300)
class RotationTest {
  private static final AgentId SENDER = Samples.MANAGER.agentId();
  private static final AgentId RECEIVER = Samples.WORKER.agentId();

  @TempDir Path directory;
  private final RecordingListener listener = new RecordingListener();
  private Instant now = Instant.now();

  private NdjsonOptions options() {
    return NdjsonOptions.defaults()
        .withRotation(2000, Duration.ofHours(1))
        .withRetention(Duration.ofHours(2))
        .withClock(() -> now);
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

  private static void append(Channel channel, int from, int to) throws Exception {
    for (int index = from; index < to; index++) {
      channel.append(Samples.routed(Samples.message("n" + index))).get(60, TimeUnit.SECONDS);
    }
  }

  private void expect(int from, int to) throws InterruptedException {
    for (int index = from; index < to; index++) {
      assertThat(listener.nextLine()).contains("\"req_n" + index + "\"");
    }
  }

  @Test
  void append_beyondTheSize_beginsNewFilesNamedByPosition() throws Exception {
    try (Channel channel = channels().open(SENDER, RECEIVER)) {
      append(channel, 0, 40);
    }
    List<Segment> segments = rotated();
    assertThat(segments).hasSizeGreaterThan(3);
    long position = 0;
    for (Segment segment : segments) {
      assertThat(segment.base()).isEqualTo(position);
      assertThat(segment.byteSize()).isGreaterThanOrEqualTo(2000);
      assertThat(Files.readString(segment.path())).endsWith("\n");
      position = segment.end();
    }
  }

  @Test
  void rotation_whileRead_losesAndRepeatsNothing() throws Exception {
    try (Inbox _ = channels().listen(RECEIVER, listener);
        Channel channel = channels().open(SENDER, RECEIVER)) {
      for (int index = 0; index < 60; index += 10) {
        append(channel, index, index + 10);
        expect(index, index + 10);
      }
      append(channel, 60, 160);
      expect(60, 160);
    }
    assertThat(rotated()).hasSizeGreaterThan(10);
  }

  @Test
  void listen_placeIsInARotatedFile_goesOnThere() throws Exception {
    try (Channel channel = channels().open(SENDER, RECEIVER)) {
      append(channel, 0, 30);
      try (Inbox _ = channels().listen(RECEIVER, listener)) {
        for (int index = 0; index < 30; index++) {
          var delivery = listener.nextDelivery();
          if (index < 12) {
            delivery.settle();
          }
        }
      }
      append(channel, 30, 50);
    }
    try (Inbox _ = channels().listen(RECEIVER, listener)) {
      expect(12, 50);
    }
  }

  @Test
  void retention_keepsWhatAReaderNeedsAndWhatIsYoung() throws Exception {
    try (Channel channel = channels().open(SENDER, RECEIVER)) {
      append(channel, 0, 40);
      int before = rotated().size();
      now = now.plus(Duration.ofHours(3));
      append(channel, 40, 50);
      assertThat(rotated()).as("nobody has read them").hasSizeGreaterThan(before);
      settle(50);
      append(channel, 50, 60);
      assertThat(rotated().getFirst().base()).isPositive();
      assertThat(rotated()).isNotEmpty();
    }
    try (Inbox _ = channels().listen(RECEIVER, listener)) {
      expect(50, 60);
    }
  }

  @Test
  void retention_youngFiles_stay() throws Exception {
    try (Channel channel = channels().open(SENDER, RECEIVER)) {
      append(channel, 0, 40);
      settle(40);
      append(channel, 40, 60);
      assertThat(rotated().getFirst().base()).isZero();
    }
  }

  @Test
  void age_activeFileIsOld_isRotatedByTheNextAppend() throws Exception {
    try (Channel channel = channels().open(SENDER, RECEIVER)) {
      append(channel, 0, 1);
      assertThat(rotated()).isEmpty();
      now = now.plus(Duration.ofHours(1));
      append(channel, 1, 2);
      assertThat(rotated()).hasSize(1);
    }
  }

  @Test
  void listen_filesAreGone_isSaidAndReadingGoesOnAfterThem() throws Exception {
    try (Channel channel = channels().open(SENDER, RECEIVER)) {
      append(channel, 0, 40);
    }
    Segment first = rotated().getFirst();
    long lost = Files.readString(first.path()).lines().count();
    Files.delete(first.path());
    try (Inbox _ = channels().listen(RECEIVER, listener)) {
      BadInput gap = listener.nextMalformed();
      assertThat(gap.violations().getFirst().detail())
          .contains("bytes are missing: position=0 next=" + first.end());
      expect((int) lost, 40);
    }
  }

  @Test
  void watch_besideTheReader_getsEverythingFromTheBeginning() throws Exception {
    RecordingListener watcher = new RecordingListener();
    try (Inbox _ = channels().listen(RECEIVER, listener);
        Channel channel = channels().open(SENDER, RECEIVER)) {
      append(channel, 0, 20);
      expect(0, 20);
      try (Inbox _ = channels().watch(RECEIVER, watcher)) {
        append(channel, 20, 25);
        for (int index = 0; index < 25; index++) {
          assertThat(watcher.nextLine()).contains("\"req_n" + index + "\"");
        }
      }
    }
  }

  @Test
  void listen_secondReaderName_getsEveryMessageToo() throws Exception {
    RecordingListener audit = new RecordingListener();
    NdjsonChannels audited = new NdjsonChannels(directory, _ -> {}, options().withReader("audit"));
    try (Channel channel = channels().open(SENDER, RECEIVER)) {
      append(channel, 0, 5);
    }
    settle(5);
    try (Inbox _ = audited.listen(RECEIVER, audit)) {
      for (int index = 0; index < 5; index++) {
        assertThat(audit.nextLine()).contains("\"req_n" + index + "\"");
      }
    }
  }

  @Test
  void cursor_isDamaged_theOlderPlaceHolds() throws Exception {
    try (Channel channel = channels().open(SENDER, RECEIVER)) {
      append(channel, 0, 4);
    }
    settle(2);
    settle(2);
    Path cursor = channel().resolve("cursors/impl_001.cur");
    byte[] bytes = Files.readAllBytes(cursor);
    for (int at = 0; at < bytes.length; at += 97) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 0x55;
      Files.write(cursor, damaged);
      try (CursorFile file = CursorFile.open(cursor)) {
        assertThat(file.place().position())
            .isLessThanOrEqualTo(Segment.activeBase(rotated()) + 4000);
      }
    }
    Files.write(cursor, "no cursor at all".getBytes(StandardCharsets.UTF_8));
    try (CursorFile file = CursorFile.open(cursor)) {
      assertThat(file.place()).isEqualTo(CursorFile.Place.BEGINNING);
    }
  }

  private void settle(int count) throws Exception {
    try (Inbox _ = channels().listen(RECEIVER, listener)) {
      for (int index = 0; index < count; index++) {
        listener.nextDelivery().settle();
      }
    }
    while (listener.hasMore()) {
      listener.nextDelivery();
    }
  }
}
