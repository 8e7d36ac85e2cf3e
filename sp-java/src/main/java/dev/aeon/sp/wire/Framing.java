package dev.aeon.sp.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * How a stream marks where messages begin (sp-wire A1): a 64-bit big-endian length, with a type
 * byte before it on ipc.
 *
 * <pre>
 *  TCP:            +--------------------+------
 *                  | length (8)         | body
 *  IPC:  +---------+--------------------+------
 *        | type 01 | length (8)         | body
 *        +---------+--------------------+------
 * </pre>
 *
 * Where two sockets of this implementation share memory, a body can lie there, and its place takes
 * its place in the stream:
 *
 * <pre>
 *        +---------+--------------------+---------------+
 *        | type 02 | length (8)         | reference (8) |
 *        +---------+--------------------+---------------+
 * </pre>
 */
public enum Framing {
  TCP(8),
  IPC(9);

  private static final int LENGTH_BYTE_SIZE = 8;
  private static final byte TYPE_MESSAGE = 1;
  private static final byte TYPE_REFERENCE = 2;

  private final int prefixByteSize;

  Framing(int prefixByteSize) {
    this.prefixByteSize = prefixByteSize;
  }

  /** Bytes before the body. */
  public int prefixByteSize() {
    return prefixByteSize;
  }

  /** Writes the prefix so that it ends where the body begins, at {@code bodyByteOffset}. */
  public void encode(MemorySegment memory, long bodyByteOffset, long bodyByteSize) {
    memory.set(ByteOrders.LONG_BE, bodyByteOffset - LENGTH_BYTE_SIZE, bodyByteSize);
    if (this == IPC) {
      memory.set(ValueLayout.JAVA_BYTE, bodyByteOffset - prefixByteSize, TYPE_MESSAGE);
    }
  }

  /**
   * Writes what goes over the stream in place of a body: a prefix that ends at {@code
   * referenceByteOffset}, and behind it where the body lies. Over shared memory alone.
   */
  public void encodeReference(
      MemorySegment memory, long referenceByteOffset, long reference, long bodyByteSize) {
    encode(memory, referenceByteOffset, bodyByteSize);
    memory.set(ValueLayout.JAVA_BYTE, referenceByteOffset - prefixByteSize, TYPE_REFERENCE);
    memory.set(ByteOrders.LONG_BE, referenceByteOffset, reference);
  }

  /**
   * Whether {@code byteCount} bytes at {@code byteOffset} are one frame with its whole body in it.
   *
   * @param limit largest size to accept; 0 for no limit
   */
  public boolean isWhole(MemorySegment memory, long byteOffset, long byteCount, long limit) {
    long byteSize = byteCount - prefixByteSize;
    if (byteSize < 0 || (limit > 0 && byteSize > limit)) {
      return false;
    }
    boolean isMessage =
        this == TCP || memory.get(ValueLayout.JAVA_BYTE, byteOffset) == TYPE_MESSAGE;
    long sizeAt = byteOffset + prefixByteSize - LENGTH_BYTE_SIZE;
    return isMessage && memory.get(ByteOrders.LONG_BE, sizeAt) == byteSize;
  }

  /** Whether the prefix at {@code byteOffset} is one of {@link #encodeReference}. */
  boolean isReference(MemorySegment memory, long byteOffset) {
    return this == IPC && memory.get(ValueLayout.JAVA_BYTE, byteOffset) == TYPE_REFERENCE;
  }

  /**
   * Reads the prefix at {@code byteOffset} and returns the body's size.
   *
   * @param limit largest size to accept; 0 for no limit
   * @throws MalformedException if the type is unknown or the size is above the limit
   */
  long decode(MemorySegment memory, long byteOffset, long limit) throws MalformedException {
    if (this == IPC) {
      checkType(memory.get(ValueLayout.JAVA_BYTE, byteOffset));
    }
    return decodeSize(memory, byteOffset, limit);
  }

  /** As {@link #decode}, whatever the type is. */
  long decodeSize(MemorySegment memory, long byteOffset, long limit) throws MalformedException {
    long byteSize = memory.get(ByteOrders.LONG_BE, byteOffset + prefixByteSize - LENGTH_BYTE_SIZE);
    checkSize(byteSize, limit);
    return byteSize;
  }

  private static void checkType(byte type) throws MalformedException {
    if (type != TYPE_MESSAGE) {
      throw new MalformedException(
          Malformed.FRAME_TYPE, "ipc frame is not a message: type=" + (type & 0xFF));
    }
  }

  private static void checkSize(long byteSize, long limit) throws MalformedException {
    long effective = limit == 0 ? Packet.MAX_BODY_BYTE_SIZE : limit;
    if (byteSize < 0 || byteSize > effective) {
      throw new MalformedException(
          Malformed.TOO_LARGE,
          "message exceeds the receive limit: size=%s limit=%d"
              .formatted(Long.toUnsignedString(byteSize), effective));
    }
  }
}
