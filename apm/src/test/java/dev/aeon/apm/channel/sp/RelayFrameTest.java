package dev.aeon.apm.channel.sp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.channel.RelayedLine;
import dev.aeon.apm.channel.Source;
import dev.aeon.sp.Message;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a relay sends is what it takes; what else comes is no frame. */
class RelayFrameTest {
  private static final byte[] NAME = "a_to_b".getBytes(UTF_8);

  @Test
  void encode_thenDecode_givesTheSame() {
    try (Message message = RelayFrame.encode(NAME, 1L << 40, "{}".getBytes(UTF_8))) {
      RelayedLine line = RelayFrame.decode(message, Optional.of("a")).orElseThrow();
      assertThat(line.source()).isEqualTo(new Source("a_to_b", 1L << 40));
      assertThat(line.line()).asString(UTF_8).isEqualTo("{}");
      assertThat(line.certificateName()).contains("a");
    }
  }

  @Test
  void decode_truncatedAnywhere_isNoFrameOrAShorterLine() {
    byte[] whole;
    try (Message message = RelayFrame.encode(NAME, 7, "line".getBytes(UTF_8))) {
      whole = message.toByteArray();
    }
    for (int byteSize = 0; byteSize < whole.length; byteSize++) {
      Optional<RelayedLine> line = decode(Arrays.copyOf(whole, byteSize));
      assertThat(line.isPresent()).isEqualTo(byteSize >= whole.length - 4);
    }
  }

  @Test
  void decode_negativePosition_isNoFrame() {
    assertThat(decode(new byte[] {-1, 0, 0, 0, 0, 0, 0, 0, 0, 'x'})).isEmpty();
  }

  @Test
  void decode_anyBytes_neverThrows() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 10_000; round++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      Optional<RelayedLine> line = decode(bytes);
      line.ifPresent(each ->
          assertThat(each.line().length).as("seed=" + seed).isLessThanOrEqualTo(bytes.length - 9));
    }
  }

  private static Optional<RelayedLine> decode(byte[] bytes) {
    try (Message message = Message.copyOf(bytes)) {
      return RelayFrame.decode(message, Optional.empty());
    }
  }
}
