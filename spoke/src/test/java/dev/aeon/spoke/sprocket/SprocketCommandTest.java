package dev.aeon.spoke.sprocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

class SprocketCommandTest {
  @TempDir Path storage;

  @ParameterizedTest
  @CsvSource({"10s,PT10S", "500ms,PT0.5S", "1m30s,PT1M30S", "2h,PT2H", "0,PT0S"})
  void delay_isWrittenAsGoWritesIt(String text, Duration delay) {
    assertThat(new Delay().convert(text)).isEqualTo(delay);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "-1s", "s", "1s ", "1d", "99999999s"})
  void delay_ofAnotherForm_isRefused(String text) {
    assertThatThrownBy(() -> new Delay().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("10s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-h", "-help", "--help", "-V", "-version", "--version"})
  void help_andVersion_takeOneDashOrTwo(String option) {
    StringWriter out = new StringWriter();
    CommandLine command = SprocketCommand.newCommandLine().setOut(new PrintWriter(out, true));
    assertThat(command.execute(option)).isZero();
    assertThat(out.toString()).contains("sprocket");
  }

  @Test
  void once_overAnEmptyStore_ends() {
    StringWriter err = new StringWriter();
    CommandLine command = SprocketCommand.newCommandLine().setErr(new PrintWriter(err, true));
    assertThat(command.execute("-once", "-storage-dir", storage.toString())).isZero();
    assertThat(command.execute("-once", "-lang", "cobol")).isEqualTo(1);
    assertThat(err.toString()).contains("no such language");
  }
}
