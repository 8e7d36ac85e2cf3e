package dev.aeon.apm.channel.ndjson;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A packed file is unpacked as far as it says of itself, and no further. */
@Timeout(300)
class PackedFileTest {
  private static final int NAMED_BYTE_SIZE = 5_000_000;

  @TempDir Path directory;

  @Test
  void read_unpacksToMoreThanItsName_endsWhereTheNameSays() throws IOException {
    Path path = directory.resolve("bomb.gz");
    byte[] block = new byte[1 << 20];
    try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(path))) {
      for (int count = 0; count < 64; count++) {
        packed.write(block);
      }
    }
    ByteBuffer free = ByteBuffer.allocate(1 << 16);
    long read = 0;
    try (PackedFile file = PackedFile.open(new Segment(path, 0, NAMED_BYTE_SIZE))) {
      for (int count = file.read(free, read); count > 0; count = file.read(free.clear(), read)) {
        read += count;
      }
      assertThat(file.read(free.clear(), NAMED_BYTE_SIZE + 1)).isZero();
    }
    assertThat(read).isEqualTo(NAMED_BYTE_SIZE);
  }
}
