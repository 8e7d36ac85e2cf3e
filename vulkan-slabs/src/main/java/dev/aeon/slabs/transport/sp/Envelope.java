package dev.aeon.slabs.transport.sp;

import dev.aeon.slabs.frame.FrameException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A message between two ends. Numbers are little-endian.
 *
 * <pre>
 *    0          4             8              16
 *   +----------+-------------+--------------+----------------------------------------
 *   | kind i32 | record count| released i64 | records: size i64, bytes up to 8×n, …
 *   +----------+-------------+--------------+----------------------------------------
 * </pre>
 *
 * {@code released} counts the bytes of records that the sender has taken from its own ring since
 * the beginning: what its peer may send more. A HELLO has two numbers in place of records: the
 * bytes of the ring that its sender writes, and of the one that it reads.
 */
final class Envelope {
  static final int HELLO = 1;
  static final int RECORDS = 2;
  static final int GOODBYE = 3;

  static final int HEADER_BYTES = 16;
  static final int HELLO_BYTES = HEADER_BYTES + 2 * Long.BYTES;
  static final int RECORD_HEADER_BYTES = Long.BYTES;

  private static final ValueLayout.OfInt I32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong I64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Envelope() {}

  static void write(MemorySegment body, int kind, int recordCount, long released) {
    body.set(I32, 0, kind);
    body.set(I32, 4, recordCount);
    body.set(I64, 8, released);
  }

  static byte[] hello(long writtenByteSize, long readByteSize) {
    byte[] bytes = new byte[HELLO_BYTES];
    MemorySegment body = MemorySegment.ofArray(bytes);
    write(body, HELLO, 0, 0);
    body.set(I64, HEADER_BYTES, writtenByteSize);
    body.set(I64, HEADER_BYTES + Long.BYTES, readByteSize);
    return bytes;
  }

  static byte[] goodbye() {
    byte[] bytes = new byte[HEADER_BYTES];
    write(MemorySegment.ofArray(bytes), GOODBYE, 0, 0);
    return bytes;
  }

  /**
   * The kind of a message.
   *
   * @throws FrameException where it is none of these
   */
  static int kind(MemorySegment body) {
    if (body.byteSize() < HEADER_BYTES) {
      throw new FrameException("message is shorter than its header: byteSize=" + body.byteSize());
    }
    int kind = body.get(I32, 0);
    if (kind < HELLO || kind > GOODBYE || (kind == HELLO && body.byteSize() != HELLO_BYTES)) {
      throw new FrameException(
          "message is of no known kind or size: kind=%d byteSize=%d"
              .formatted(kind, body.byteSize()));
    }
    return kind;
  }

  static int recordCount(MemorySegment body) {
    return body.get(I32, 4);
  }

  static long released(MemorySegment body) {
    return body.get(I64, 8);
  }

  static long helloWrittenByteSize(MemorySegment body) {
    return body.get(I64, HEADER_BYTES);
  }

  static long helloReadByteSize(MemorySegment body) {
    return body.get(I64, HEADER_BYTES + Long.BYTES);
  }

  static void writeRecordSize(MemorySegment body, long byteOffset, int byteSize) {
    body.set(I64, byteOffset, byteSize);
  }

  /**
   * The size of the record at {@code byteOffset}.
   *
   * @throws FrameException where the message does not hold that much
   */
  static int recordByteSize(MemorySegment body, long byteOffset) {
    long left = body.byteSize() - byteOffset - RECORD_HEADER_BYTES;
    long byteSize = left < 0 ? -1 : body.get(I64, byteOffset);
    if (byteSize < 0 || byteSize > left || byteSize > Integer.MAX_VALUE) {
      throw new FrameException(
          "record reaches beyond its message: byteOffset=%d byteSize=%d left=%d"
              .formatted(byteOffset, byteSize, left));
    }
    return (int) byteSize;
  }

  /** Bytes that a record takes in a message; what is counted for credit as well. */
  static long padded(int byteSize) {
    return RECORD_HEADER_BYTES + ((long) byteSize + 7 & -8L);
  }
}
