package dev.aeon.slabs.memory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of a slab are in use, and the most and the fewest that have been since the marks
 * were last set. Whoever hands the bytes out says so; any thread may, and any thread may read. Data
 * plane: a level within the marks costs one store.
 */
public final class FillLevel {
  private final AtomicLong levelBytes = new AtomicLong();
  private final AtomicLong highBytes = new AtomicLong();
  private final AtomicLong lowBytes = new AtomicLong();

  FillLevel() {}

  /**
   * Says how many bytes are in use now.
   *
   * @param bytes 0 or more
   */
  public void record(long bytes) {
    levelBytes.setOpaque(bytes);
    if (bytes > highBytes.getOpaque()) {
      highBytes.accumulateAndGet(bytes, Math::max);
    }
    if (bytes < lowBytes.getOpaque()) {
      lowBytes.accumulateAndGet(bytes, Math::min);
    }
  }

  /** Bytes in use, as last said. */
  public long levelBytes() {
    return levelBytes.getOpaque();
  }

  /** The high watermark: the most bytes in use since {@link #resetWatermarks}. */
  public long highWatermarkBytes() {
    return highBytes.getOpaque();
  }

  /** The low watermark: the fewest bytes in use since {@link #resetWatermarks}. */
  public long lowWatermarkBytes() {
    return lowBytes.getOpaque();
  }

  /** Sets both watermarks to the level of now. */
  public void resetWatermarks() {
    long level = levelBytes.getOpaque();
    highBytes.setOpaque(level);
    lowBytes.setOpaque(level);
  }

  @Override
  public String toString() {
    return "FillLevel[levelBytes=%d lowWatermarkBytes=%d highWatermarkBytes=%d]"
        .formatted(levelBytes(), lowWatermarkBytes(), highWatermarkBytes());
  }
}
