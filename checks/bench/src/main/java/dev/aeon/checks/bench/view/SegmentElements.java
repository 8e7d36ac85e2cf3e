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
}
