package dev.aeon.fleet.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextReaderTest {
  @TempDir Path folder;
  private final TextReader reader = new TextReader(1 << 20);

  private TextReader.Outcome read(byte[] bytes) throws IOException {
    return reader.read(Files.write(folder.resolve("file"), bytes));
  }

  @Test
  void read_text_givesIt() throws IOException {
    String text = "Grüße, 日本 😀\n".repeat(10_000);
    assertThat(read(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(TextReader.Outcome.TEXT);
    assertThat(new String(reader.text(), 0, reader.length())).isEqualTo(text);
    assertThat(reader.byteSize()).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
  }

  @Test
  void read_emptyFile_isText() throws IOException {
    assertThat(read(new byte[0])).isEqualTo(TextReader.Outcome.TEXT);
    assertThat(reader.length()).isZero();
  }

  @Test
  void read_zeroByte_isBinary() throws IOException {
    assertThat(read(new byte[] {'a', 0, 'b'})).isEqualTo(TextReader.Outcome.BINARY);
  }

  @Test
  void read_brokenUtf8_isBinaryWhereverItIsCut() throws IOException {
    byte[] whole = "aé日😀".getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length <= whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      boolean atBoundary = new String(cut, StandardCharsets.UTF_8).indexOf('\ufffd') < 0;
      assertThat(read(cut) == TextReader.Outcome.TEXT)
          .as("length=%d", length)
          .isEqualTo(atBoundary);
    }
  }

  @Test
  void read_atTheLimit_isText_andOneMoreIsTooLarge() throws IOException {
    assertThat(read("x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(TextReader.Outcome.TEXT);
    assertThat(read("x".repeat((1 << 20) + 1).getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(TextReader.Outcome.TOO_LARGE);
  }

  @Test
  void read_gigabyte_isNotRead() throws IOException {
    Path huge = folder.resolve("huge");
    try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(1L << 30);
    }
    assertThat(new TextReader().read(huge)).isEqualTo(TextReader.Outcome.TOO_LARGE);
  }

  @Test
  void read_missingFileFolderOrLink_isUnreadable() throws IOException {
    assertThat(reader.read(folder.resolve("missing"))).isEqualTo(TextReader.Outcome.UNREADABLE);
    assertThat(reader.read(folder)).isEqualTo(TextReader.Outcome.UNREADABLE);
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/etc/hostname"));
    assertThat(reader.read(link)).isEqualTo(TextReader.Outcome.UNREADABLE);
  }
}
