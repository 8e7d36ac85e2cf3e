package dev.aeon.apm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.Samples;
import dev.aeon.apm.fsck.Damage;
import dev.aeon.apm.fsck.Examination;
import dev.aeon.apm.internal.files.Storage;
import dev.aeon.apm.schema.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of lines is read whatever became of it: damage costs what it damaged. */
class LineLogTest {
  private static final int TOO_LONG = LineLog.MAX_LINE_BYTE_SIZE + 1;

  @TempDir Path directory;
  private Path file = Path.of("");
  private final List<String> lines = new ArrayList<>();
  private final List<Long> offsets = new ArrayList<>();

  @BeforeEach
  void makeDirectory() throws IOException {
    file = Files.createDirectories(directory.resolve("state/manager_001")).resolve("tasks.ndjson");
  }

  private void open() {
    lines.clear();
    offsets.clear();
    LineLog.open(
            Storage.REAL,
            file,
            (line, byteOffset) -> {
              lines.add(line);
              offsets.add(byteOffset);
            })
        .close();
  }

  @Test
  void open_lineOfTheLargestSize_isRead() throws IOException {
    String longest = "x".repeat(LineLog.MAX_LINE_BYTE_SIZE);
    Files.writeString(file, longest + "\nlast\n");
    open();
    assertThat(lines).hasSize(2).first().asString().hasSize(LineLog.MAX_LINE_BYTE_SIZE);
  }

  @Test
  void open_lineIsTooLong_isLeftOutAndTheOthersAreWhereTheyLie() throws IOException {
    Files.writeString(file, "first\n" + "x".repeat(TOO_LONG) + "\nlast\n");
    open();
    assertThat(lines).containsExactly("first", "last");
    assertThat(offsets).containsExactly(0L, 6L + TOO_LONG + 1);
  }

  @Test
  void open_holeOfZerosAndHalfALineAtTheEnd_costsThemAlone() throws IOException {
    Files.writeString(file, "first\n");
    Files.write(file, new byte[TOO_LONG], StandardOpenOption.APPEND);
    Files.writeString(file, "\nlast\nhalf", StandardOpenOption.APPEND);
    open();
    assertThat(lines).containsExactly("first", "last");
    assertThat(Files.readString(file)).endsWith("\nlast\n");
  }

  @Test
  void check_lineIsTooLong_isFound() throws IOException {
    Files.writeString(file, "{}\n" + "x".repeat(TOO_LONG) + "\n{}\n");
    Examination examination = new Examination(false);
    StoreCheck.run(directory, _ -> false, examination);
    assertThat(examination.damages())
        .extracting(Damage::detail)
        .containsExactly("too long, left out: line=2 byteSize=" + TOO_LONG);
  }

  @Test
  void put_recordIsTooLong_isRefusedAndNotWritten() {
    try (Records records = Records.open(directory, Samples.MANAGER.agentId(), "tasks", "id")) {
      JsonObject record =
          JsonObject.builder().put("id", "t1").put("text", "x".repeat(TOO_LONG)).build();
      assertThatThrownBy(() -> records.put(record))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("too long: key=t1 byteSize=");
      assertThat(records.list()).isEmpty();
      assertThat(file).isEmptyFile();
    }
  }
}
