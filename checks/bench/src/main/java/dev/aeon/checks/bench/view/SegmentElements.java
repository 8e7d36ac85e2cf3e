package dev.aeon.checks.bench.view;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** By the memory segment, with the offsets worked out by hand. */
final class SegmentElements implements Elements {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort HALF =
      ValueLayout.JAVA_SHORT.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment segment;

  SegmentElements(MemorySegment segment) {
    this.segment = segment;
  }

  @Override
  public float sum() {
    float sum = 0;
    for (int i = 0; i < COUNT; i++) {
      sum += segment.get(FLOAT, i * 4L);
    }
    return sum;
  }

  @Override
  public float fill(float value) {
    for (int i = 0; i < COUNT; i++) {
      segment.set(FLOAT, i * 4L, value);
    }
    return value;
  }

  @Override
  public float sumMatrix() {
    float sum = 0;
    for (int i = 0; i < COUNT / COLUMNS; i++) {
      for (int j = 0; j < COLUMNS; j++) {
        sum += segment.get(FLOAT, (i * (long) COLUMNS + j) * 4L);
      }
    }
    return sum;
  }

  @Override
  public float sumHalves() {
    float sum = 0;
    for (int i = 0; i < COUNT; i++) {
      sum += Float.float16ToFloat(segment.get(HALF, i * 2L));
    }
    return sum;
  }

  @Override
  public double sumRecords() {
    double sum = 0;
    for (int i = 0; i < COUNT; i++) {
      long at = (long) i * TradeRecord.BYTE_SIZE;
      sum +=
          segment.get(DOUBLE, at + 8) * segment.get(INT, at + 16)
              + segment.get(LONG, at)
              + (segment.get(ValueLayout.JAVA_BYTE, at + 20) != 0 ? 1 : 0);
    }
    return sum;
  }

  @Override
  public double fillRecords(long first) {
    for (int i = 0; i < COUNT; i++) {
      long at = (long) i * TradeRecord.BYTE_SIZE;
      segment.set(LONG, at, first + i);
      segment.set(DOUBLE, at + 8, i);
      segment.set(INT, at + 16, i);
      segment.set(ValueLayout.JAVA_BYTE, at + 20, (byte) (i & 1));
    }
    return first;
  }
}
