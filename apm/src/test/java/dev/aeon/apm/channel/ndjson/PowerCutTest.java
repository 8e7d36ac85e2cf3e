package dev.aeon.apm.channel.ndjson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.channel.ndjson.RecordingDisk.Step;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Metadata;
import dev.aeon.apm.route.RoutedMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Loses power after every step that a writer took, rotations among them, with sectors of 512 bytes
 * lost and reordered where nothing forced them.
 */
@Timeout(300)
class PowerCutTest {
  private static final AgentId SENDER = Samples.MANAGER.agentId();
  private static final AgentId RECEIVER = Samples.WORKER.agentId();
  private static final int MESSAGES = 48;
  private static final int CUTS_PER_STEP = Integer.getInteger("aeon.powercuts", 2);
  private static final long SEED = Long.getLong("aeon.seed", 20_251_112);

  @TempDir Path directory;
  private final RecordingDisk disk = new RecordingDisk();
  private final List<String> appended = new ArrayList<>();

  @Test
  void power_isCutAfterAnyStep_promisedLinesAreThereAndNoTornOne() throws Exception {
    record(directory.resolve("recorded"));
    List<Step> steps = disk.steps();
    assertThat(steps.stream().filter(Step.Rename.class::isInstance).count())
        .isGreaterThanOrEqualTo(5);
    assertThat(steps.stream().filter(Step.Promise.class::isInstance)).hasSize(MESSAGES);
    Random random = new Random(SEED);
    for (int count = 0; count <= steps.size(); count++) {
      for (int cut = 0; cut < CUTS_PER_STEP; cut++) {
        check(steps.subList(0, count), random);
      }
    }
  }

  private void record(Path apm) throws Exception {
    NdjsonOptions options = NdjsonOptions.defaults().withRotation(9000, Duration.ofDays(1));
    Random random = new Random(SEED);
    List<CompletableFuture<Void>> appends = new ArrayList<>();
    try (Channel channel = new NdjsonChannels(apm, _ -> {}, options, disk).open(SENDER, RECEIVER)) {
      for (int index = 0; index < MESSAGES; index++) {
        RoutedMessage message = padded(index, random.nextInt(2500));
        String line = new String(message.line(), StandardCharsets.UTF_8);
        appended.add(line);
        appends.add(channel.append(message).thenRun(() -> disk.promised(line)));
        if (random.nextInt(3) == 0) {
          appends.getLast().get(10, TimeUnit.SECONDS);
        }
      }
    }
    CompletableFuture.allOf(appends.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
  }

  private void check(List<Step> steps, Random random) throws IOException {
    Path apm = directory.resolve("cut");
    ChannelDirectory made = ChannelDirectory.create(apm, SENDER, RECEIVER);
    empty(made.path());
    new PowerCut(steps, random).leaveIn(made.path());
    NdjsonOptions options = NdjsonOptions.defaults();
    new NdjsonChannels(apm, _ -> {}, options, new RecordingDisk()).open(SENDER, RECEIVER).close();
    List<String> delivered = read(made);
    List<String> promised = new ArrayList<>();
    steps.forEach(step -> {
      if (step instanceof Step.Promise(String line)) {
        promised.add(line);
      }
    });
    String context = "seed=" + SEED + " steps=" + steps.size();
    assertThat(delivered).as(context).doesNotHaveDuplicates().containsAll(promised);
    assertThat(appended.stream().filter(delivered::contains).toList())
        .as(context)
        .isEqualTo(delivered);
  }

  private static void empty(Path channel) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(channel, "messages*")) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  private static List<String> read(ChannelDirectory channel) throws IOException {
    List<String> lines = new ArrayList<>();
    InboxListener listener =
        new InboxListener() {
          @Override
          public void onLine(Delivery delivery) {
            lines.add(new String(delivery.line(), StandardCharsets.UTF_8));
          }

          @Override
          public void onMalformed(BadInput input) {
            throw new AssertionError(input.toString());
          }
        };
    byte[] buffer = new byte[Follower.BUFFER_BYTE_SIZE];
    try (Follower follower = new Follower(channel, Cursor.forgetful(), buffer, listener)) {
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
