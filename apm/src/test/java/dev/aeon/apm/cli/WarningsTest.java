package dev.aeon.apm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/** What people are shown of the log. */
class WarningsTest {
  @Test
  void record_withACause_isOneLine() {
    LogRecord entry = new LogRecord(Level.WARNING, "left alone: path=\u001b[2Jx");
    entry.setThrown(new IOException("is a\ndirectory"));
    assertThat(Warnings.line(entry))
        .isEqualTo(
            "apm: warning: left alone: path=\ufffd[2Jx cause=java.io.IOException: is a\ufffddirectory");
  }

  @Test
  void record_withoutACause_isItsMessage() {
    assertThat(Warnings.line(new LogRecord(Level.WARNING, "odd"))).isEqualTo("apm: warning: odd");
  }
}
