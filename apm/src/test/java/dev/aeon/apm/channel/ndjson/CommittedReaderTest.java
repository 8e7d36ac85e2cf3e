package dev.aeon.apm.channel.ndjson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.channel.InboxListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A reader stops at what its channel's index notes as committed. */
@Timeout(300)
class CommittedReaderTest {
  @TempDir Path apm;
  private final AtomicLong nanoTime = new AtomicLong(-7);
  private final List<String> seen = new ArrayList<>();

  @Test
  void read_writtenAndNotCommitted_isNotDelivered() throws Exception {
    try (Follower follower = follower()) {
      commit("committed");
      append("{\"written\":1}\n");
      assertThat(read(follower)).singleElement().asString().contains("req_committed");
      nanoTime.addAndGet(Commits.GRACE_NANOS - 1);
      assertThat(read(follower)).isEmpty();
    }
  }

  @Test
  void read_writerNeverNotesIt_isForcedAndDeliveredAfterAWhile() throws Exception {
    commit("committed");
    append("{\"written\":1}\ntor");
    try (Follower follower = follower()) {
      assertThat(read(follower)).hasSize(1);
      nanoTime.addAndGet(Commits.GRACE_NANOS);
      assertThat(read(follower)).containsExactly("{\"written\":1}");
      commit("next");
      assertThat(read(follower)).singleElement().asString().contains("\"seq\":3", "req_next");
    }
  }

  @Test
  void read_writerOpensAgain_whatItKeptIsDeliveredAtOnce() throws Exception {
    commit("committed");
    append("{\"written\":1}\ntor");
    try (Follower follower = follower()) {
      assertThat(read(follower)).hasSize(1);
      channels().open(Samples.MANAGER.agentId(), Samples.WORKER.agentId()).close();
      assertThat(read(follower)).containsExactly("{\"written\":1}");
    }
  }

  @Test
  void read_indexIsDamaged_waitsAndThenGoesOn() throws Exception {
    commit("committed");
    byte[] index = Files.readAllBytes(directory().commits());
    assertThat(index.length).isPositive().matches(size -> size % CommitIndex.RECORD_BYTE_SIZE == 0);
    Files.write(directory().commits(), flipped(index));
    try (Follower follower = follower()) {
      assertThat(read(follower)).isEmpty();
      nanoTime.addAndGet(Commits.GRACE_NANOS);
      assertThat(read(follower)).hasSize(1);
    }
  }

  @Test
  void read_indexIsAway_deliversWhatIsWritten() throws Exception {
    commit("committed");
    try (Follower follower = follower()) {
      assertThat(read(follower)).hasSize(1);
      append("{\"a\":1}\n");
      assertThat(read(follower)).isEmpty();
      Files.delete(directory().commits());
      append("{\"b\":1}\n");
      read(follower);
      read(follower);
      assertThat(seen).contains("{\"a\":1}", "{\"b\":1}").hasSize(3);
    }
  }

  @Test
  void index_cutAtEveryByte_givesAWholeRecordOrNone() throws Exception {
    commit("one");
    commit("two");
    byte[] index = Files.readAllBytes(directory().commits());
    int first = index.length - CommitIndex.RECORD_BYTE_SIZE;
    for (int byteSize = first; byteSize < index.length; byteSize++) {
      Files.write(directory().commits(), Arrays.copyOf(index, byteSize));
      channels().open(Samples.MANAGER.agentId(), Samples.WORKER.agentId()).close();
      try (Follower follower = follower()) {
        assertThat(read(follower)).as("byteSize=%d", byteSize).hasSize(2);
      }
    }
  }

  @Test
  void index_ofAChannelThatRotates_staysSmall() throws Exception {
    NdjsonOptions rotating = NdjsonOptions.defaults().withRotation(1500, Duration.ofDays(1));
    NdjsonChannels channels = new NdjsonChannels(apm, _ -> {}, rotating);
    try (Channel channel = channels.open(Samples.MANAGER.agentId(), Samples.WORKER.agentId());
        Follower follower = follower()) {
      for (int index = 0; index < 60; index++) {
        channel.append(Samples.routed(Samples.message("t" + index))).get(60, TimeUnit.SECONDS);
        assertThat(read(follower)).hasSize(1);
        assertThat(Files.size(directory().commits()))
            .isLessThanOrEqualTo(5L * CommitIndex.RECORD_BYTE_SIZE);
      }
    }
  }

  private ChannelDirectory directory() {
    return ChannelDirectory.create(apm, Samples.MANAGER.agentId(), Samples.WORKER.agentId());
  }

  private NdjsonChannels channels() {
    return new NdjsonChannels(apm, _ -> {});
  }

  private void commit(String taskId) throws Exception {
    try (Channel channel = channels().open(Samples.MANAGER.agentId(), Samples.WORKER.agentId())) {
      channel.append(Samples.routed(Samples.message(taskId))).get(60, TimeUnit.SECONDS);
    }
  }

  private void append(String text) throws IOException {
    Files.writeString(directory().messages(), text, StandardOpenOption.APPEND);
  }

  private static byte[] flipped(byte[] bytes) {
    byte[] flipped = bytes.clone();
    flipped[flipped.length - CommitIndex.RECORD_BYTE_SIZE] ^= 1;
    return flipped;
  }

  private Follower follower() {
    InboxListener listener =
        new InboxListener() {
          @Override
          public void onLine(Delivery delivery) {
            seen.add(new String(delivery.line(), UTF_8));
          }

          @Override
          public void onMalformed(BadInput input) {
            throw new AssertionError(input.toString());
          }
        };
    ChannelDirectory directory = directory();
    return new Follower(
        directory,
        Commits.in(directory, nanoTime::get),
        Cursor.forgetful(),
        new byte[Follower.BUFFER_BYTE_SIZE],
        listener);
  }

  /** What is new. */
  private List<String> read(Follower follower) throws IOException {
    int before = seen.size();
    while (follower.advance()) {}
    return List.copyOf(seen.subList(before, seen.size()));
  }
}
