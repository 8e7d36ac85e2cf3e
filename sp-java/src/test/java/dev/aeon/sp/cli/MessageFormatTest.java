package dev.aeon.sp.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MessageFormatTest {
  private static final byte[] BODY = "a\"\\\n\r\t \u0001~\u007f\u00ff".getBytes(ISO_8859_1);

  @Test
  void no_always_writesNothing() throws IOException {
    assertThat(print(MessageFormat.NO, BODY)).isEmpty();
  }

  @Test
  void raw_always_writesTheBytes() throws IOException {
    byte[] large = new byte[200_000];
    Arrays.fill(large, (byte) 7);
    assertThat(print(MessageFormat.RAW, BODY)).isEqualTo(BODY);
    assertThat(print(MessageFormat.RAW, large)).isEqualTo(large);
  }

  @Test
  void ascii_ofWhatCannotBePrinted_writesDots() throws IOException {
    assertThat(text(MessageFormat.ASCII, BODY)).isEqualTo("a\"\\... .~..");
  }

  @Test
  void quoted_ofAnyByte_writesTheLiteralThatHoldsIt() throws IOException {
    assertThat(text(MessageFormat.QUOTED, BODY))
        .isEqualTo("\"a\\\"\\\\\\n\\r\\t \\x01~\\x7f\\xff\"\n");
  }

  @Test
  void hex_ofAnyByte_writesItsEscape() throws IOException {
    assertThat(text(MessageFormat.HEX, new byte[] {0, 'a', (byte) 0xff}))
        .isEqualTo("\"\\x00\\x61\\xff\"\n");
  }

  @Test
  void quotedAndHex_ofAnEmptyBody_writeEmptyLiterals() throws IOException {
    assertThat(text(MessageFormat.QUOTED, new byte[0])).isEqualTo("\"\"\n");
    assertThat(text(MessageFormat.HEX, new byte[0])).isEqualTo("\"\"\n");
  }

  @Test
  void msgpack_ofEverySize_writesTheShortestHeader() throws IOException {
    assertThat(header(0, 2)).containsExactly(0xc4, 0);
    assertThat(header(255, 2)).containsExactly(0xc4, 255);
    assertThat(header(256, 3)).containsExactly(0xc5, 1, 0);
    assertThat(header(65_535, 3)).containsExactly(0xc5, 255, 255);
    assertThat(header(65_536, 5)).containsExactly(0xc6, 0, 1, 0, 0);
  }

  private static byte[] header(int bodySize, int headerSize) throws IOException {
    byte[] printed = print(MessageFormat.MSGPACK, new byte[bodySize]);
    assertThat(printed).hasSize(headerSize + bodySize);
    return Arrays.copyOf(printed, headerSize);
  }

  private static String text(MessageFormat format, byte[] body) throws IOException {
    return new String(print(format, body), ISO_8859_1);
  }

  private static byte[] print(MessageFormat format, byte[] body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    format.print(MemorySegment.ofArray(body), out);
    return out.toByteArray();
  }
}
