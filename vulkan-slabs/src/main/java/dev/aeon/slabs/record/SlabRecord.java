package dev.aeon.slabs.record;

import dev.aeon.slabs.view.ElementType;
import dev.aeon.slabs.view.VariantView;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A window of fixed size over the bytes of one message, little-endian; generated classes give its
 * fields names and places. Where it lies is checked once, when it is placed; counts and lengths,
 * which others may have written, at each use. A window may be placed again and again, and then
 * allocates nothing. One thread at a time.
 */
public abstract class SlabRecord {
  // Alignment is checked where a window is placed, and not again at each access.
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int ALIGNMENT_BYTES = 8;

  /** Bytes before a string: its length. */
  private static final int LENGTH_BYTES = Integer.BYTES;

  private final int byteSize;
  private MemorySegment memory = MemorySegment.NULL;
  private long byteOffset;

  /** For generated classes: a window of so many bytes, placed nowhere yet. */
  protected SlabRecord(int byteSize) {
    this.byteSize = byteSize;
  }

  /** Bytes of the record, a multiple of 8. */
  public final int byteSize() {
    return byteSize;
  }

  /** Sets every field to zero, absent or empty. */
  public final void clear() {
    zero(0, byteSize);
  }

  /**
   * Places the window.
   *
   * @throws IllegalArgumentException where there is no room, or none aligned to 8 bytes
   */
  protected final void place(MemorySegment newMemory, long newByteOffset) {
    if (newByteOffset < 0
        || (newByteOffset & (ALIGNMENT_BYTES - 1)) != 0
        || newMemory.maxByteAlignment() < ALIGNMENT_BYTES
        || newByteOffset > newMemory.byteSize() - byteSize) {
      throw new IllegalArgumentException(
          "no aligned room for the record: byteOffset=%d byteSize=%d memoryByteSize=%d"
              .formatted(newByteOffset, byteSize, newMemory.byteSize()));
    }
    memory = newMemory;
    byteOffset = newByteOffset;
  }

  /** Places another record inside this one. */
  protected final void placeInside(SlabRecord inner, long at) {
    inner.place(memory, byteOffset + at);
  }

  /** The int at an offset of this record. */
  protected final int intAt(long at) {
    return memory.get(INT, byteOffset + at);
  }

  /** Writes the int at an offset of this record. */
  protected final void setIntAt(long at, int value) {
    memory.set(INT, byteOffset + at, value);
  }

  /** The long at an offset of this record. */
  protected final long longAt(long at) {
    return memory.get(LONG, byteOffset + at);
  }

  /** Writes the long at an offset of this record. */
  protected final void setLongAt(long at, long value) {
    memory.set(LONG, byteOffset + at, value);
  }

  /** The float at an offset of this record. */
  protected final float floatAt(long at) {
    return memory.get(FLOAT, byteOffset + at);
  }

  /** Writes the float at an offset of this record. */
  protected final void setFloatAt(long at, float value) {
    memory.set(FLOAT, byteOffset + at, value);
  }

  /** The double at an offset of this record. */
  protected final double doubleAt(long at) {
    return memory.get(DOUBLE, byteOffset + at);
  }

  /** Writes the double at an offset of this record. */
  protected final void setDoubleAt(long at, double value) {
    memory.set(DOUBLE, byteOffset + at, value);
  }

  /** The boolean at an offset of this record: any byte but 0 is true. */
  protected final boolean booleanAt(long at) {
    return memory.get(BYTE, byteOffset + at) != 0;
  }

  /** Writes the boolean at an offset of this record. */
  protected final void setBooleanAt(long at, boolean value) {
    memory.set(BYTE, byteOffset + at, (byte) (value ? 1 : 0));
  }

  /** Whether a bit of the word at an offset is set. */
  protected final boolean isPresent(long at, int mask) {
    return (intAt(at) & mask) != 0;
  }

  /** Sets the bits of one mask in the word at an offset, and clears those of another before. */
  protected final void markPresent(long at, int mask, int others) {
    setIntAt(at, (intAt(at) & ~others) | mask);
  }

  /** Clears the bits of a mask in the word at an offset. */
  protected final void markAbsent(long at, int mask) {
    setIntAt(at, intAt(at) & ~mask);
  }

  /** Sets bytes to zero. */
  protected final void zero(long at, long zeroedByteSize) {
    memory.asSlice(byteOffset + at, zeroedByteSize).fill((byte) 0);
  }

  /**
   * The count or length at an offset.
   *
   * @throws RecordContentException where it is not within 0 to {@code max}
   */
  protected final int countAt(long at, int max) {
    int count = intAt(at);
    if (count < 0 || count > max) {
      throw new RecordContentException(
          "count is beyond its bound: byteOffset=%d count=%d max=%d"
              .formatted(byteOffset + at, count, max));
    }
    return count;
  }

  /**
   * Writes the count at an offset.
   *
   * @throws IllegalArgumentException where it is not within 0 to {@code max}
   */
  protected final void setCountAt(long at, int max, int count) {
    if (count < 0 || count > max) {
      throw new IllegalArgumentException(
          "count is beyond its bound: count=%d max=%d".formatted(count, max));
    }
    setIntAt(at, count);
  }

  /**
   * The offset of an element of the row that begins at {@code first} and is counted at {@code at}.
   *
   * @throws IndexOutOfBoundsException where there is no such element
   */
  protected final long elementAt(long at, int max, long first, int stride, int index) {
    return first + (long) Objects.checkIndex(index, countAt(at, max)) * stride;
  }

  /** A copy of the bytes of the string at an offset. */
  protected final byte[] bytesAt(long at, int max) {
    return memory
        .asSlice(byteOffset + at + LENGTH_BYTES, countAt(at, max))
        .toArray(ValueLayout.JAVA_BYTE);
  }

  /** The bytes of the string at an offset, in place. */
  protected final MemorySegment segmentAt(long at, int max) {
    return memory.asSlice(byteOffset + at + LENGTH_BYTES, countAt(at, max));
  }

  /**
   * Writes the string at an offset.
   *
   * @throws IllegalArgumentException where it has more than {@code max} bytes
   */
  protected final void setBytesAt(long at, int max, byte[] bytes) {
    setCountAt(at, max, bytes.length);
    MemorySegment.copy(bytes, 0, memory, BYTE, byteOffset + at + LENGTH_BYTES, bytes.length);
  }

  /** As {@link #setBytesAt(long, int, byte[])}, from other memory. */
  protected final void setBytesAt(long at, int max, MemorySegment bytes) {
    setCountAt(at, max, (int) Math.min(bytes.byteSize(), Integer.MAX_VALUE));
    MemorySegment.copy(bytes, 0, memory, byteOffset + at + LENGTH_BYTES, bytes.byteSize());
  }

  /**
   * The text at an offset.
   *
   * @throws RecordContentException where it is not UTF-8
   */
  protected final String textAt(long at, int max) {
    byte[] bytes = bytesAt(at, max);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException malformed) {
      throw new RecordContentException(
          "text is not UTF-8: byteOffset=%d byteSize=%d".formatted(byteOffset + at, bytes.length),
          malformed);
    }
  }

  /**
   * Writes the text at an offset.
   *
   * @throws IllegalArgumentException where its UTF-8 has more than {@code max} bytes
   */
  protected final void setTextAt(long at, int max, String text) {
    setBytesAt(at, max, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The elements of a row that is not empty, in place. */
  protected final VariantView viewAt(ElementType elementType, long first, int count) {
    return VariantView.over(memory, elementType, byteOffset + first, count);
  }
}
