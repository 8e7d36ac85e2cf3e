package dev.aeon.apm.channel.ndjson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.channel.RecordingListener;
import dev.aeon.apm.channel.SequenceGap;
import dev.aeon.apm.internal.files.DiskStep;
import dev.aeon.apm.internal.files.PowerCut;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Metadata;
import dev.aeon.apm.route.RoutedMessage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Loses power after every step that a writer took, rotations among them, with sectors of 512 bytes
 * lost and reordered where nothing forced them. What was promised to the sender, and what a reader
 * may have been given, and so have acknowledged, must be there afterwards.
 */
@Timeout(300)
class PowerCutTest {
  private static final AgentId SENDER = Samples.MANAGER.agentId();
  private static final AgentId RECEIVER = Samples.WORKER.agentId();
  private static final int MESSAGES = 48;
  private static final int SECTOR_BYTE_SIZE = 512;
  private static final int CUTS_PER_STEP = Integer.getInteger("aeon.powercuts", 2);
  private static final long SEED = Long.getLong("aeon.seed", 20_251_112);

  @TempDir Path directory;
  private final RecordingDisk disk = new RecordingDisk();
  private final List<String> appended = new ArrayList<>();
  private int lostUncommitted;

  @Test
  void power_isCutAfterAnyStep_promisedLinesAreThereAndNoTornOne() throws Exception {
    record(directory.resolve("recorded"));
    List<DiskStep> steps = disk.steps();
    assertThat(steps.stream().filter(DiskStep.Rename.class::isInstance).count())
        .isGreaterThanOrEqualTo(5);
    assertThat(steps.stream().filter(DiskStep.Promise.class::isInstance)).hasSize(MESSAGES);
    Random random = new Random(SEED);
    for (int count = 0; count <= steps.size(); count++) {
      List<DiskStep> done = steps.subList(0, count);
      List<String> given = readBefore(done, true);
      List<String> written = readBefore(done, false);
      assertThat(written).as("steps=%d", count).containsAll(given);
      for (int cut = 0; cut < CUTS_PER_STEP; cut++) {
        Collection<String> left = check(done, given, random);
        lostUncommitted += left.containsAll(written) ? 0 : 1;
      }
    }
    assertThat(lostUncommitted).as("cuts that took what was written alone").isPositive();
  }

  /** Of each write there is what lies before, or behind, every one of its sectors' bounds. */
  @Test
  void power_isCutWithinAnyWrite_tornAtEverySector_promisedLinesAreThereAndNoTornOne()
      throws Exception {
    record(directory.resolve("recorded"));
    List<DiskStep> steps = disk.steps();
    Random unused = new Random(SEED);
    int tears = 0;
    for (int index = 0; index < steps.size(); index++) {
      if (steps.get(index) instanceof DiskStep.Write write) {
        List<DiskStep> before = steps.subList(0, index);
        List<String> given = readBefore(before, true);
        for (DiskStep.Write part : torn(write)) {
          List<DiskStep> done = new ArrayList<>(before);
          done.add(part);
          check(lasting(done), given, unused);
          tears++;
        }
      }
    }
    assertThat(tears).isGreaterThan(100);
  }

  private static List<DiskStep.Write> torn(DiskStep.Write write) {
    List<DiskStep.Write> parts = new ArrayList<>();
    long end = write.byteOffset() + write.bytes().length;
    long first = (write.byteOffset() / SECTOR_BYTE_SIZE + 1) * SECTOR_BYTE_SIZE;
    for (long bound = first; bound < end; bound += SECTOR_BYTE_SIZE) {
      int byteCount = (int) (bound - write.byteOffset());
      byte[] bytes = write.bytes();
      parts.add(
          new DiskStep.Write(write.file(), write.byteOffset(), Arrays.copyOf(bytes, byteCount)));
      parts.add(
          new DiskStep.Write(
              write.file(), bound, Arrays.copyOfRange(bytes, byteCount, bytes.length)));
    }
    return parts;
  }

  /** As if everything had reached the disk. */
  private static List<DiskStep> lasting(List<DiskStep> done) {
    List<DiskStep> lasting = new ArrayList<>(done);
    for (int file = 0; file < done.size(); file++) {
      lasting.add(new DiskStep.Force(file));
    }
    lasting.add(new DiskStep.ForceDirectory(""));
    return lasting;
  }

  /** What readers had been given when the power was still there. */
  private List<String> readBefore(List<DiskStep> done, boolean isCommitted) throws IOException {
    List<DiskStep> lasting = lasting(done);
    ChannelDirectory running =
        ChannelDirectory.create(directory.resolve("running"), SENDER, RECEIVER);
    empty(running.path());
    new PowerCut(lasting, new Random(SEED)).leaveIn(running.path());
    return read(running, isCommitted ? Commits.in(running, () -> 0) : Commits.ignored());
  }

  private void record(Path apm) throws Exception {
    NdjsonOptions options = NdjsonOptions.defaults().withRotation(9000, Duration.ofDays(1));
    Random random = new Random(SEED);
    List<CompletableFuture<Void>> appends = new ArrayList<>();
    try (Channel channel = new NdjsonChannels(apm, _ -> {}, options, disk).open(SENDER, RECEIVER)) {
      for (int index = 0; index < MESSAGES; index++) {
        RoutedMessage message = padded(index, random.nextInt(2500));
        String line = RecordingListener.renumbered(message.line());
        appended.add(line);
        appends.add(channel.append(message).thenRun(() -> disk.promised(line)));
        if (random.nextInt(3) == 0) {
          appends.getLast().get(10, TimeUnit.SECONDS);
        }
      }
    }
    CompletableFuture.allOf(appends.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
  }

  private Collection<String> check(List<DiskStep> steps, List<String> given, Random random)
      throws IOException {
    Path apm = directory.resolve("cut");
    ChannelDirectory made = ChannelDirectory.create(apm, SENDER, RECEIVER);
    empty(made.path());
    new PowerCut(steps, random).leaveIn(made.path());
    NdjsonOptions options = NdjsonOptions.defaults();
    new NdjsonChannels(apm, _ -> {}, options, new RecordingDisk()).open(SENDER, RECEIVER).close();
    List<String> delivered = read(made, Commits.in(made));
    List<String> promised = new ArrayList<>();
    steps.forEach(step -> {
      if (step instanceof DiskStep.Promise(String line)) {
        promised.add(line);
      }
    });
    String context = "seed=" + SEED + " steps=" + steps.size();
    assertThat(delivered)
        .as(context)
        .doesNotHaveDuplicates()
        .containsAll(promised)
        .containsAll(given);
    assertThat(appended.stream().filter(delivered::contains).toList())
        .as(context)
        .isEqualTo(delivered);
    return delivered;
  }

  private static void empty(Path channel) throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(channel, "{messages*,commit.idx}")) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  private static List<String> read(ChannelDirectory channel, Commits commits) throws IOException {
    List<String> lines = new ArrayList<>();
    InboxListener listener =
        new InboxListener() {
          @Override
          public void onLine(Delivery delivery) {
            lines.add(RecordingListener.renumbered(delivery.line()));
          }

          @Override
          public void onGap(SequenceGap gap) {
            throw new AssertionError(gap.toString());
          }

          @Override
          public void onMalformed(BadInput input) {
            throw new AssertionError(input.toString());
          }
        };
    byte[] buffer = new byte[Follower.BUFFER_BYTE_SIZE];
    try (Follower follower = new Follower(channel, commits, Cursor.forgetful(), buffer, listener)) {
      while (follower.advance()) {}
    }
    return lines;
  }

  private static RoutedMessage padded(int index, int byteSize) {
    Metadata padding = Metadata.builder().put("padding", "p".repeat(byteSize)).build();
    Message message = Samples.message("t" + index).toBuilder().metadata(padding).build();
    return Samples.routed(message);
  }
}
