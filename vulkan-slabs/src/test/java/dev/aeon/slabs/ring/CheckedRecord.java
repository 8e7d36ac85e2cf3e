package dev.aeon.slabs.ring;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Records of varying length whose every word tells whether it is right: the writer's number, the
 * record's, a checksum of both and of the length, and words that follow from the checksum.
 */
final class CheckedRecord {
  private static final int MIN_WORDS = 3;
  static final int MAX_BYTES = 8 * Long.BYTES;

  private CheckedRecord() {}

  /** How long the record of a number is, in bytes. */
  static int byteSizeOf(long number) {
    return (MIN_WORDS + (int) (number * 7 % (MAX_BYTES / Long.BYTES - MIN_WORDS + 1))) * Long.BYTES;
  }

  static void write(MemorySegment memory, long byteOffset, long writer, long number) {
    int byteSize = byteSizeOf(number);
    long checksum = checksum(writer, number, byteSize);
    memory.set(ValueLayout.JAVA_LONG, byteOffset, writer);
    memory.set(ValueLayout.JAVA_LONG, byteOffset + 8, number);
    for (int at = 16; at < byteSize; at += Long.BYTES) {
      memory.set(ValueLayout.JAVA_LONG, byteOffset + at, checksum + at);
    }
  }

  static long writer(MemorySegment memory, long byteOffset) {
    return memory.get(ValueLayout.JAVA_LONG, byteOffset);
  }

  /**
   * The number of a record that is whole.
   *
   * @throws AssertionError where it is not
   */
  static long check(MemorySegment memory, long byteOffset, int byteSize) {
    long writer = writer(memory, byteOffset);
    long number = memory.get(ValueLayout.JAVA_LONG, byteOffset + 8);
    long checksum = checksum(writer, number, byteSize);
    boolean whole = number >= 0 && byteSize == byteSizeOf(number);
    for (int at = 16; at < byteSize; at += Long.BYTES) {
      whole &= memory.get(ValueLayout.JAVA_LONG, byteOffset + at) == checksum + at;
    }
    if (!whole) {
      throw new AssertionError(
          "record is torn: writer=%d number=%d byteSize=%d".formatted(writer, number, byteSize));
    }
    return number;
  }

  /** The last step of MurmurHash3: each bit of the input changes half of those of the output. */
  private static long checksum(long writer, long number, int byteSize) {
    long mixed = writer * 0x9E37_79B9_7F4A_7C15L ^ number ^ (long) byteSize << 48;
    mixed = (mixed ^ mixed >>> 33) * 0xFF51_AFD7_ED55_8CCDL;
    mixed = (mixed ^ mixed >>> 33) * 0xC4CE_B9FE_1A85_EC53L;
    return mixed ^ mixed >>> 33;
  }
}
