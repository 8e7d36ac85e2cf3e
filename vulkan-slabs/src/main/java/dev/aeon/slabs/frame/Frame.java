package dev.aeon.slabs.frame;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * One message as it lies in a record. Numbers are little-endian.
 *
 * <pre>
 *    0         1      2       4               8            16        24       32
 *   +---------+------+-------+---------------+------------+---------+--------+------
 *   | version | kind | flags | replyByteSize | request id | routing | schema | body
 *   +---------+------+-------+---------------+------------+---------+--------+------
 * </pre>
 *
 * {@code replyByteSize} is the largest body that the sender has room for in an answer; {@code
 * routing} the hash of key or topic; {@code schema} the hash that both ends of a topic agree on, 0
 * for none. The methods read and write single fields of the frame that begins at a byte offset.
 */
public final class Frame {
  /** What the first byte of every frame is. */
  public static final int VERSION = 1;

  /** The body is a vector, which begins with its own description. */
  public static final int FLAG_VECTOR = 1;

  /** The answer may be a stream of items. */
  public static final int FLAG_STREAM = 2;

  /** The sender waits for no answer in particular: answers are messages of their own. */
  public static final int FLAG_MESSAGE = 4;

  /** Of a subscription: publishers wait for it, rather than it missing what finds no room. */
  public static final int FLAG_WAIT = 8;

  private static final long VERSION_OFFSET = 0;
  private static final long KIND_OFFSET = VERSION_OFFSET + Byte.BYTES;
  private static final long FLAGS_OFFSET = KIND_OFFSET + Byte.BYTES;
  private static final long REPLY_BYTE_SIZE_OFFSET = FLAGS_OFFSET + Short.BYTES;
  private static final long REQUEST_ID_OFFSET = REPLY_BYTE_SIZE_OFFSET + Integer.BYTES;
  private static final long ROUTING_OFFSET = REQUEST_ID_OFFSET + Long.BYTES;
  private static final long SCHEMA_OFFSET = ROUTING_OFFSET + Long.BYTES;

  /** Bytes in front of the body. */
  public static final int HEADER_BYTES = (int) SCHEMA_OFFSET + Long.BYTES;

  private static final ValueLayout.OfShort I16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt I32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong I64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Frame() {}

  /** Writes a whole header with no flags, no schema, and no room for an answer. */
  public static void begin(
      MemorySegment segment, long byteOffset, FrameKind kind, long requestId, long routing) {
    segment.set(ValueLayout.JAVA_BYTE, byteOffset + VERSION_OFFSET, (byte) VERSION);
    segment.set(ValueLayout.JAVA_BYTE, byteOffset + KIND_OFFSET, (byte) kind.code());
    setFlags(segment, byteOffset, 0);
    setReplyByteSize(segment, byteOffset, 0);
    segment.set(I64, byteOffset + REQUEST_ID_OFFSET, requestId);
    segment.set(I64, byteOffset + ROUTING_OFFSET, routing);
    setSchema(segment, byteOffset, 0);
  }

  /**
   * Checks what every frame has, once, before any field is read.
   *
   * @return what kind of frame it is
   * @throws FrameException where it is too short, of another version, or of no known kind
   */
  public static FrameKind check(MemorySegment segment, long byteOffset, int byteSize) {
    if (byteSize < HEADER_BYTES) {
      throw new FrameException(
          "frame is shorter than its header: byteSize=%d headerBytes=%d"
              .formatted(byteSize, HEADER_BYTES));
    }
    int version = segment.get(ValueLayout.JAVA_BYTE, byteOffset + VERSION_OFFSET);
    if (version != VERSION) {
      throw new FrameException("frame is of no known version: version=" + version);
    }
    return FrameKind.ofCode(segment.get(ValueLayout.JAVA_BYTE, byteOffset + KIND_OFFSET));
  }

  /** The bits of {@code FLAG_…}. */
  public static int flags(MemorySegment segment, long byteOffset) {
    return Short.toUnsignedInt(segment.get(I16, byteOffset + FLAGS_OFFSET));
  }

  public static void setFlags(MemorySegment segment, long byteOffset, int flags) {
    segment.set(I16, byteOffset + FLAGS_OFFSET, (short) flags);
  }

  /** The largest body of an answer; a frame that says less than none is taken to say none. */
  public static int replyByteSize(MemorySegment segment, long byteOffset) {
    return Math.max(0, segment.get(I32, byteOffset + REPLY_BYTE_SIZE_OFFSET));
  }

  public static void setReplyByteSize(MemorySegment segment, long byteOffset, int byteSize) {
    segment.set(I32, byteOffset + REPLY_BYTE_SIZE_OFFSET, byteSize);
  }

  public static long requestId(MemorySegment segment, long byteOffset) {
    return segment.get(I64, byteOffset + REQUEST_ID_OFFSET);
  }

  public static long routing(MemorySegment segment, long byteOffset) {
    return segment.get(I64, byteOffset + ROUTING_OFFSET);
  }

  /** The routing hash, or, where there is none, the id, so that each such request goes anywhere. */
  public static long routingOrId(MemorySegment segment, long byteOffset) {
    long routing = routing(segment, byteOffset);
    return routing == 0 ? requestId(segment, byteOffset) : routing;
  }

  public static long schema(MemorySegment segment, long byteOffset) {
    return segment.get(I64, byteOffset + SCHEMA_OFFSET);
  }

  public static void setSchema(MemorySegment segment, long byteOffset, long schema) {
    segment.set(I64, byteOffset + SCHEMA_OFFSET, schema);
  }
}
