package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One listener, with a peer that shares memory and one that speaks as nng does. */
@Timeout(120)
class PlainPeerBesideOursTest {
  private static final String GREETING_OF_PUSH = "0053500000500000";
  private static final String GREETING_OF_PULL = "0053500000510000";

  @TempDir private Path folder;

  private static String frame(String text) {
    StringBuilder frame = new StringBuilder("01%016x".formatted(text.length()));
    for (byte each : text.getBytes(StandardCharsets.US_ASCII)) {
      frame.append("%02x".formatted(each));
    }
    return frame.toString();
  }

  private static String receive(PullSocket pull) {
    try (Message message = pull.receive()) {
      return new String(message.toByteArray(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  @SuppressWarnings("try") // closing it early is what is tested
  void plainPeer_goesOnOverTheSocketWhileOursSharesMemory() throws IOException {
    long before = Mappings.regionCount();
    try (PullSocket pull = PullSocket.open();
        PushSocket ours = PushSocket.open()) {
      String url = pull.listen("ipc://" + folder.resolve("s")).url();
      try (RawPeer plain = RawPeer.connect(url)) {
        plain.hex(GREETING_OF_PUSH + frame("before"));
        assertThat(plain.read(8)).asHexString().isEqualTo(GREETING_OF_PULL);
        assertThat(receive(pull)).isEqualTo("before");
        ours.dial(url);
        ours.send("shared".getBytes(StandardCharsets.US_ASCII));
        assertThat(receive(pull)).isEqualTo("shared");
        assertThat(Mappings.regionCount()).isEqualTo(before + 4);
        plain.hex(frame("after"));
        assertThat(receive(pull)).isEqualTo("after");
        pull.close();
        assertThat(plain.drain()).isZero();
      }
    }
  }
}
