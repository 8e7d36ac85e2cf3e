package dev.aeon.apm.channel.sp;

import dev.aeon.apm.channel.RelayedLine;
import dev.aeon.apm.channel.Source;
import dev.aeon.sp.Message;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A relayed line as an SP message, integers big-endian:
 *
 * <pre>
 *   0        8            9            9 + n
 *   +--------+------------+------------+--------+
 *   |position| n (1 byte) |channel name|  line  |
 *   +--------+------------+------------+--------+
 * </pre>
 */
final class RelayFrame {
  private static final ValueLayout.OfLong POSITION =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final int NAME_OFFSET = Long.BYTES + 1;

  private RelayFrame() {}

  /**
   * The message, which is the caller's.
   *
   * @param name of the channel, at most 255 bytes
   */
  static Message encode(byte[] name, long position, byte[] line) {
    Message message = Message.allocate(NAME_OFFSET + name.length + line.length);
    MemorySegment body = message.body();
    body.set(POSITION, 0, position);
    body.set(ValueLayout.JAVA_BYTE, Long.BYTES, (byte) name.length);
    copy(name, body, NAME_OFFSET);
    copy(line, body, NAME_OFFSET + name.length);
    return message;
  }

  private static void copy(byte[] bytes, MemorySegment body, long byteOffset) {
    MemorySegment.copy(bytes, 0, body, ValueLayout.JAVA_BYTE, byteOffset, bytes.length);
  }

  /** What a message carries; empty where it is no such frame. */
  static Optional<RelayedLine> decode(Message message, Optional<String> certificateName) {
    MemorySegment body = message.body();
    if (body.byteSize() < NAME_OFFSET) {
      return Optional.empty();
    }
    int nameByteSize = Byte.toUnsignedInt(body.get(ValueLayout.JAVA_BYTE, Long.BYTES));
    int lineOffset = NAME_OFFSET + nameByteSize;
    long position = body.get(POSITION, 0);
    if (lineOffset > body.byteSize() || position < 0) {
      return Optional.empty();
    }
    String name =
        new String(bytes(body.asSlice(NAME_OFFSET, nameByteSize)), StandardCharsets.US_ASCII);
    byte[] line = bytes(body.asSlice(lineOffset));
    return Optional.of(new RelayedLine(new Source(name, position), line, certificateName));
  }

  private static byte[] bytes(MemorySegment segment) {
    return segment.toArray(ValueLayout.JAVA_BYTE);
  }
}
