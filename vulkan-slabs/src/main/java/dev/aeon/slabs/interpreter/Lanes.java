package dev.aeon.slabs.interpreter;

/**
 * The canonical reduction. Element {@code i} belongs to lane {@code i mod 256}; each lane adds its
 * elements in order, beginning with 0; then lanes are added pairwise, 128 apart, 64 apart, … 1
 * apart. Products are rounded before they are added. The shader does exactly this, so sums have the
 * same bits everywhere.
 */
final class Lanes {
  static final int COUNT = 256;

  private final float[] lanes = new float[COUNT];

  /** The dot product of {@code length} elements. */
  float dot(float[] left, float[] right, int length) {
    begin();
    int blocks = length / COUNT * COUNT;
    int fours = blocks / (4 * COUNT) * (4 * COUNT);
    for (int base = 0; base < fours; base += 4 * COUNT) {
      addFourBlocks(left, right, base);
    }
    for (int base = fours; base < blocks; base += COUNT) {
      addProducts(left, right, base, COUNT);
    }
    addProducts(left, right, blocks, length - blocks);
    return tree();
  }

  /** The sum of {@code length} elements. */
  float sum(float[] elements, int length) {
    begin();
    for (int base = 0; base < length; base += COUNT) {
      int count = Math.min(COUNT, length - base);
      for (int lane = 0; lane < count; lane++) {
        lanes[lane] += elements[base + lane];
      }
    }
    return tree();
  }

  private void begin() {
    java.util.Arrays.fill(lanes, 0f);
  }

  /** Four blocks at once, so that lanes are loaded and stored a quarter as often. */
  private void addFourBlocks(float[] left, float[] right, int base) {
    for (int lane = 0; lane < COUNT; lane++) {
      float a = left[base + lane] * right[base + lane];
      float b = left[base + lane + COUNT] * right[base + lane + COUNT];
      float c = left[base + lane + 2 * COUNT] * right[base + lane + 2 * COUNT];
      float d = left[base + lane + 3 * COUNT] * right[base + lane + 3 * COUNT];
      lanes[lane] = (((lanes[lane] + a) + b) + c) + d;
    }
  }

  private void addProducts(float[] left, float[] right, int base, int count) {
    for (int lane = 0; lane < count; lane++) {
      lanes[lane] += left[base + lane] * right[base + lane];
    }
  }

  private float tree() {
    for (int apart = COUNT / 2; apart > 0; apart /= 2) {
      for (int lane = 0; lane < apart; lane++) {
        lanes[lane] += lanes[lane + apart];
      }
    }
    return lanes[0];
  }
}
