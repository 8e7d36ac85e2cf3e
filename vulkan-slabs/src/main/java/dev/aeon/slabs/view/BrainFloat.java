package dev.aeon.slabs.view;

/** Converts between {@code float} and bfloat16, its upper half. */
final class BrainFloat {
  private static final int HALF = 16;
  private static final int QUIET = 0x40;

  private BrainFloat() {}

  static float toFloat(short bits) {
    return Float.intBitsToFloat(bits << HALF);
  }

  /** The nearest, ties to even; a NaN stays one. */
  static short fromFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> HALF) | QUIET);
    }
    int roundUp = 0x7FFF + ((bits >>> HALF) & 1);
    return (short) ((bits + roundUp) >>> HALF);
  }
}
