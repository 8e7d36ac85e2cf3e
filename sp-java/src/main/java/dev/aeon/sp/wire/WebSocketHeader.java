package dev.aeon.sp.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The header of a WebSocket frame (RFC 6455, 5.2). The length is 7 bits, or 126 and 16 bits, or 127
 * and 64; the shortest that does.
 *
 * <pre>
 *   0               1               2 ...
 *  +-+-+-+-+-------+-+-------------+-----------------+---------+------
 *  |F|R|R|R| opcode|M| length (7)  | (16 or 64 bits) | key (4) | payload
 *  +-+-+-+-+-------+-+-------------+-----------------+---------+------
 * </pre>
 *
 * @param opcode {@link #CONTINUATION}, {@link #BINARY}, {@link #CLOSE}, {@link #PING} or {@link
 *     #PONG}
 * @param isFinal whether the message ends with this frame
 * @param isMasked whether a key follows the length
 * @param key of the mask; 0 where there is none
 * @param payloadByteSize unsigned: negative where the peer names 2^63 or more
 * @param byteSize of the header
 */
public record WebSocketHeader(
    int opcode, boolean isFinal, boolean isMasked, int key, long payloadByteSize, int byteSize) {
  public static final int CONTINUATION = 0;
  public static final int BINARY = 2;
  public static final int CLOSE = 8;
  public static final int PING = 9;
  public static final int PONG = 10;
  public static final int MAX_BYTE_SIZE = 14;
  public static final int MAX_CONTROL_BYTE_SIZE = 125;

  private static final int FIN = 0x80;
  private static final int RESERVED = 0x70;
  private static final int OPCODE = 0x0f;
  private static final int MASKED = 0x80;
  private static final int LENGTH = 0x7f;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;
  private static final int MIN_BYTE_SIZE = 2;
  private static final int KEY_BYTE_SIZE = 4;
  private static final int MAX_16 = 0xffff;

  boolean isControl() {
    return (opcode & 8) != 0;
  }

  /** How large the header at {@code byteOffset} is, of which two bytes have arrived. */
  private static int byteSizeAt(MemorySegment memory, long byteOffset) {
    int second = memory.get(ValueLayout.JAVA_BYTE, byteOffset + 1);
    int extended =
        switch (second & LENGTH) {
          case LENGTH_16 -> Short.BYTES;
          case LENGTH_64 -> Long.BYTES;
          default -> 0;
        };
    return MIN_BYTE_SIZE + extended + ((second & MASKED) != 0 ? KEY_BYTE_SIZE : 0);
  }

  /** Whether the header at {@code byteOffset} is complete. */
  static boolean isComplete(MemorySegment memory, long byteOffset, long arrivedByteCount) {
    return arrivedByteCount >= MIN_BYTE_SIZE && arrivedByteCount >= byteSizeAt(memory, byteOffset);
  }

  /**
   * Reads a complete header.
   *
   * @throws MalformedException if it breaks the rules
   */
  static WebSocketHeader decode(MemorySegment memory, long byteOffset) throws MalformedException {
    int first = memory.get(ValueLayout.JAVA_BYTE, byteOffset) & 0xff;
    int second = memory.get(ValueLayout.JAVA_BYTE, byteOffset + 1) & 0xff;
    boolean masked = (second & MASKED) != 0;
    int byteSize = byteSizeAt(memory, byteOffset);
    WebSocketHeader header =
        new WebSocketHeader(
            first & OPCODE,
            (first & FIN) != 0,
            masked,
            masked ? memory.get(ByteOrders.INT_BE, byteOffset + byteSize - KEY_BYTE_SIZE) : 0,
            lengthAt(memory, byteOffset, second & LENGTH),
            byteSize);
    header.check(first);
    return header;
  }

  private static long lengthAt(MemorySegment memory, long byteOffset, int length)
      throws MalformedException {
    long extended =
        switch (length) {
          case LENGTH_16 ->
              Short.toUnsignedLong(memory.get(ByteOrders.SHORT_BE, byteOffset + MIN_BYTE_SIZE));
          case LENGTH_64 -> memory.get(ByteOrders.LONG_BE, byteOffset + MIN_BYTE_SIZE);
          default -> length;
        };
    boolean tooLong =
        (length == LENGTH_16 && extended < LENGTH_16)
            || (length == LENGTH_64 && extended >= 0 && extended <= MAX_16);
    if (tooLong) {
      throw malformed("websocket length is not written as short as can be: length=" + extended);
    }
    return extended;
  }

  private void check(int first) throws MalformedException {
    if ((first & RESERVED) != 0) {
      throw malformed("websocket frame has reserved bits set: byte=0x%02x".formatted(first));
    }
    if (opcode != CONTINUATION
        && opcode != BINARY
        && opcode != CLOSE
        && opcode != PING
        && opcode != PONG) {
      throw malformed("websocket frame is of a wrong type: opcode=" + opcode);
    }
    boolean isShort = payloadByteSize >= 0 && payloadByteSize <= MAX_CONTROL_BYTE_SIZE;
    if (isControl() && !(isFinal && isShort)) {
      throw malformed(
          "websocket control frame is split or too long: length="
              + Long.toUnsignedString(payloadByteSize));
    }
  }

  static MalformedException malformed(String message) {
    return new MalformedException(Malformed.FRAME_TYPE, message);
  }

  /** How large the header of a payload is. */
  public static int byteSizeFor(long payloadByteSize, boolean masked) {
    int extended =
        payloadByteSize < LENGTH_16 ? 0 : payloadByteSize <= MAX_16 ? Short.BYTES : Long.BYTES;
    return MIN_BYTE_SIZE + extended + (masked ? KEY_BYTE_SIZE : 0);
  }

  /**
   * Writes the header of a frame so that it ends where the payload begins.
   *
   * @param isFinal whether the frame is its message's last
   */
  public static void encode(
      MemorySegment memory,
      long payloadByteOffset,
      int opcode,
      long payloadByteSize,
      boolean isFinal) {
    encode(memory, payloadByteOffset, first(opcode, isFinal), payloadByteSize, 0);
  }

  /** As {@link #encode}, of a payload that {@code key} masks. */
  public static void encodeMasked(
      MemorySegment memory,
      long payloadByteOffset,
      int opcode,
      long payloadByteSize,
      boolean isFinal,
      int key) {
    long keyByteOffset = payloadByteOffset - KEY_BYTE_SIZE;
    memory.set(ByteOrders.INT_BE, keyByteOffset, key);
    encode(memory, keyByteOffset, first(opcode, isFinal), payloadByteSize, MASKED);
  }

  private static int first(int opcode, boolean isFinal) {
    return isFinal ? FIN | opcode : opcode;
  }

  private static void encode(
      MemorySegment memory, long end, int first, long payloadByteSize, int maskBit) {
    long begin = end - byteSizeFor(payloadByteSize, false);
    memory.set(ValueLayout.JAVA_BYTE, begin, (byte) first);
    if (payloadByteSize < LENGTH_16) {
      memory.set(ValueLayout.JAVA_BYTE, begin + 1, (byte) (maskBit | payloadByteSize));
    } else if (payloadByteSize <= MAX_16) {
      memory.set(ValueLayout.JAVA_BYTE, begin + 1, (byte) (maskBit | LENGTH_16));
      memory.set(ByteOrders.SHORT_BE, begin + MIN_BYTE_SIZE, (short) payloadByteSize);
    } else {
      memory.set(ValueLayout.JAVA_BYTE, begin + 1, (byte) (maskBit | LENGTH_64));
      memory.set(ByteOrders.LONG_BE, begin + MIN_BYTE_SIZE, payloadByteSize);
    }
  }
}
