package dev.aeon.sp.wire;

import java.lang.foreign.MemorySegment;

/**
 * The eight bytes that both sides of a stream send first (sp-wire A1).
 *
 * <pre>
 *   0    1    2    3    4    5    6    7
 *  +----+----+----+----+----+----+----+----+
 *  | 00 | 53 | 50 | 00 | protocol| 00 | 00 |
 *  +----+----+----+----+----+----+----+----+
 * </pre>
 */
public final class Greeting {
  public static final int BYTE_SIZE = 8;

  private static final long FIXED = 0x0053_5000_0000_0000L;
  private static final long FIXED_MASK = 0xFFFF_FFFF_0000_FFFFL;
  private static final int PROTOCOL_SHIFT = 16;

  private Greeting() {}

  /** Writes the greeting of {@code protocol} at {@code byteOffset}. */
  public static void encode(MemorySegment memory, long byteOffset, int protocol) {
    long bytes = FIXED | ((long) protocol & 0xFFFF) << PROTOCOL_SHIFT;
    memory.set(ByteOrders.LONG_BE, byteOffset, bytes);
  }

  /**
   * Reads the greeting at {@code byteOffset} and returns the peer's protocol number.
   *
   * @throws MalformedException if a fixed byte has another value
   */
  public static int decode(MemorySegment memory, long byteOffset) throws MalformedException {
    long bytes = memory.get(ByteOrders.LONG_BE, byteOffset);
    if ((bytes & FIXED_MASK) != FIXED) {
      throw new MalformedException(
          Malformed.GREETING, "greeting is not SP: bytes=%016x".formatted(bytes));
    }
    return (int) (bytes >>> PROTOCOL_SHIFT) & 0xFFFF;
  }
}
