package dev.aeon.apm.channel.ndjson;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.codec.JsonCodec;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A follower of random bytes, which come in random pieces and are rotated between, delivers what
 * lies between newlines and nothing else, whatever the bytes are.
 */
@Timeout(300)
class FuzzedFollowerTest {
  private static final long SEED = Long.getLong("aeon.seed", System.nanoTime());
  private static final int ROUNDS = Integer.getInteger("aeon.fuzz.rounds", 60);

  @TempDir Path apm;
  private final Random random = new Random(SEED);

  @Test
  void advance_anyBytesInAnyPieces_deliversExactlyTheirLines() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      follow(apm.resolve("round" + round));
    }
  }

  private void follow(Path directory) throws Exception {
    byte[] text = text();
    ChannelDirectory channel =
        ChannelDirectory.create(directory, Samples.MANAGER.agentId(), Samples.WORKER.agentId());
    Collected collected = new Collected();
    byte[] buffer = new byte[Follower.BUFFER_BYTE_SIZE];
    try (Follower follower =
        new Follower(channel, Commits.in(channel), Cursor.forgetful(), buffer, collected)) {
      int base = 0;
      int written = 0;
      while (written < text.length) {
        int end = written + 1 + random.nextInt(Math.max(1, text.length / 3));
        end = Math.min(end, text.length);
        Files.write(
            channel.messages(),
            Arrays.copyOfRange(text, written, end),
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
        written = end;
        if (random.nextInt(3) > 0) {
          drain(follower);
        }
        if (text[written - 1] == '\n' && random.nextBoolean()) {
          Files.move(channel.messages(), Segment.path(channel.path(), base));
          base = written;
        }
      }
      drain(follower);
    }
    assertThat(collected.lines).as("seed=" + SEED).isEqualTo(lines(text));
    assertThat(collected.overLong).as("seed=" + SEED).isEqualTo(overLong(text));
  }

  private static void drain(Follower follower) throws Exception {
    while (follower.advance()) {}
  }

  /** Mostly short lines of any bytes, blank ones, returns, and now and then an over-long one. */
  private byte[] text() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int count = 1 + random.nextInt(60);
    for (int index = 0; index < count; index++) {
      byte[] line = new byte[length()];
      random.nextBytes(line);
      text.writeBytes(line);
      text.writeBytes(random.nextInt(4) == 0 ? new byte[] {'\r', '\n'} : new byte[] {'\n'});
    }
    text.writeBytes("torn".getBytes(ISO_8859_1));
    return text.toByteArray();
  }

  private int length() {
    return switch (random.nextInt(40)) {
      case 0 -> JsonCodec.MAX_BYTE_SIZE - 2 + random.nextInt(6);
      case 1 -> JsonCodec.MAX_BYTE_SIZE + random.nextInt(JsonCodec.MAX_BYTE_SIZE);
      case 2, 3, 4, 5 -> 0;
      default -> random.nextInt(400);
    };
  }

  private static List<String> lines(byte[] text) {
    return wholeLines(text).stream().filter(line -> line.length() <= limit()).toList();
  }

  private static long overLong(byte[] text) {
    return wholeLines(text).stream().filter(line -> line.length() > limit()).count();
  }

  private static int limit() {
    return JsonCodec.MAX_BYTE_SIZE;
  }

  /** What the follower is held to, said as simply as can be. */
  private static List<String> wholeLines(byte[] text) {
    List<String> lines = new ArrayList<>();
    String all = new String(text, ISO_8859_1);
    int start = 0;
    for (int end = all.indexOf('\n'); end >= 0; end = all.indexOf('\n', start)) {
      String line = all.substring(start, end);
      line = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
      if (!line.chars().allMatch(each -> each == ' ' || each == '\t')) {
        lines.add(line);
      }
      start = end + 1;
    }
    return lines;
  }

  private static final class Collected implements InboxListener {
    private final List<String> lines = new ArrayList<>();
    private long overLong;

    @Override
    public void onLine(Delivery delivery) {
      lines.add(new String(delivery.line(), ISO_8859_1));
    }

    @Override
    public void onMalformed(BadInput input) {
      overLong++;
    }
  }
}
