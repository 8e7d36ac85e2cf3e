package dev.aeon.apm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** An answer that cannot be written is no success. */
class AnswerStreamTest {
  @Test
  void answer_thatIsTaken_isWrittenWhole() {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    assertThat(ApmCommand.run(target, "schema")).isZero();
    assertThat(target.toString(StandardCharsets.UTF_8).lines()).contains("message", "nack");
  }

  @Test
  void answer_onAFullDisk_isAFailure() {
    assertThat(ApmCommand.run(failing("No space left on device"), "schema")).isEqualTo(4);
  }

  @Test
  void answer_whoseReaderIsGone_isNone() {
    assertThat(ApmCommand.run(failing("Broken pipe"), "schema")).isZero();
  }

  @Test
  void failure_thatIsFollowedByOthers_isTheFirst() {
    AnswerStream stream = new AnswerStream(failing("first"));
    try (PrintWriter out = stream.writer(StandardCharsets.UTF_8)) {
      out.println("text");
    }
    assertThat(stream.failure()).hasMessage("first");
  }

  private static OutputStream failing(String message) {
    return new OutputStream() {
      @Override
      public void write(int each) throws IOException {
        throw new IOException(message);
      }
    };
  }
}
