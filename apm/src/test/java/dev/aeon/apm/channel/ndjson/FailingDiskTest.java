package dev.aeon.apm.channel.ndjson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Durability;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Priority;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.schema.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full, or fails to confirm, costs what was not promised yet and nothing else. */
@Timeout(300)
class FailingDiskTest {
  private static final AgentId SENDER = Samples.MANAGER.agentId();
  private static final AgentId RECEIVER = Samples.WORKER.agentId();

  @TempDir Path directory;
  private final AtomicInteger forces = new AtomicInteger();
  private final AtomicInteger roomBytes = new AtomicInteger(Integer.MAX_VALUE);
  private volatile boolean forceFails;
  private volatile boolean truncateFails;
  private volatile CountDownLatch beforeWrite = new CountDownLatch(0);

  private final Disk disk =
      new Disk() {
        @Override
        public FileChannel open(Path file, OpenOption... options) throws IOException {
          FileChannel opened = FileChannel.open(file, options);
          return file.endsWith("commit.idx") ? opened : new Failing(opened);
        }
      };

  private Channel open(Durability durability) {
    NdjsonOptions options = NdjsonOptions.defaults().withDurability(durability);
    return new NdjsonChannels(directory, _ -> {}, options, disk).open(SENDER, RECEIVER);
  }

  private String content() throws IOException {
    return Files.readString(directory.resolve("channels/manager_001_to_impl_001/messages.ndjson"));
  }

  private static RoutedMessage message(String taskId) {
    return Samples.routed(Samples.message(taskId));
  }

  /** Of a line as it lies in the file. */
  private static int byteSize(String taskId) {
    return SequenceNumber.line(Samples.message(taskId), 1).length + 1;
  }

  private static void await(CompletableFuture<Void> append) throws Exception {
    append.get(60, TimeUnit.SECONDS);
  }

  private static void assertFails(CompletableFuture<Void> append, ErrorCode code) {
    assertThatThrownBy(() -> await(append))
        .hasCauseInstanceOf(ChannelException.class)
        .hasMessageContaining(code.name());
  }

  @Test
  void write_diskIsFull_wholeLinesStayTheRestFailsAndRoomHelps() throws Exception {
    try (Channel channel = open(Durability.DURABLE)) {
      beforeWrite = new CountDownLatch(1);
      CompletableFuture<Void> first = channel.append(message("first"));
      CompletableFuture<Void> second = channel.append(message("second"));
      CompletableFuture<Void> third = channel.append(message("third"));
      roomBytes.set(byteSize("first") + byteSize("second") + 17);
      beforeWrite.countDown();
      await(first);
      await(second);
      assertFails(third, ErrorCode.E_SYSTEM_002);
      assertThat(content().lines()).hasSize(2);
      assertThat(content()).endsWith("\n");
      roomBytes.set(Integer.MAX_VALUE);
      await(channel.append(message("fourth")));
      assertThat(content().lines()).hasSize(3);
    }
  }

  @Test
  void truncate_failsAfterShortWrite_everythingFailsUntilReopened() throws Exception {
    try (Channel channel = open(Durability.DURABLE)) {
      await(channel.append(message("before")));
      truncateFails = true;
      roomBytes.set(10);
      assertFails(channel.append(message("torn")), ErrorCode.E_SYSTEM_001);
      roomBytes.set(Integer.MAX_VALUE);
      assertFails(channel.append(message("after")), ErrorCode.E_SYSTEM_001);
    }
    truncateFails = false;
    try (Channel channel = open(Durability.DURABLE)) {
      await(channel.append(message("again")));
      assertThat(content().lines()).hasSize(2);
    }
  }

  @Test
  void force_fails_isNotTriedAgainUntilReopened() throws Exception {
    try (Channel channel = open(Durability.DURABLE)) {
      await(channel.append(message("before")));
      forceFails = true;
      assertFails(channel.append(message("lost")), ErrorCode.E_SYSTEM_001);
      int tried = forces.get();
      forceFails = false;
      assertFails(channel.append(message("after")), ErrorCode.E_SYSTEM_001);
      assertThat(forces).hasValue(tried);
    }
    try (Channel channel = open(Durability.DURABLE)) {
      await(channel.append(message("again")));
    }
  }

  @Test
  void flush_ordinaryMessages_areNotForcedButHighOnesAre() throws Exception {
    try (Channel channel = open(Durability.FLUSH)) {
      int before = forces.get();
      await(channel.append(message("flushed")));
      assertThat(content()).contains("flushed");
      assertThat(forces).hasValue(before);
      Message high = Samples.message("high").toBuilder().priority(Priority.HIGH).build();
      await(channel.append(Samples.routed(high)));
      assertThat(forces).hasValue(before + 1);
    }
  }

  @Test
  void fast_completesBeforeTheWriteAndWritesBehind() throws Exception {
    try (Channel channel = open(Durability.FAST)) {
      beforeWrite = new CountDownLatch(1);
      assertThat(channel.append(message("behind"))).isCompleted();
      assertThat(content()).isEmpty();
      beforeWrite.countDown();
    }
    assertThat(content()).contains("behind");
  }

  private final class Failing extends ForwardingFileChannel {
    Failing(FileChannel file) {
      super(file);
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
      try {
        beforeWrite.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      int limit = source.limit();
      int taken = Math.min(source.remaining(), roomBytes.get());
      roomBytes.addAndGet(-taken);
      source.limit(source.position() + taken);
      try {
        return super.write(source, position);
      } finally {
        source.limit(limit);
      }
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      if (truncateFails) {
        throw new IOException("no truncate");
      }
      return super.truncate(size);
    }

    @Override
    public void force(boolean metaData) throws IOException {
      forces.incrementAndGet();
      if (forceFails) {
        throw new IOException("no force");
      }
      super.force(metaData);
    }
  }
}
