package dev.aeon.slabs.interpreter;

import dev.aeon.slabs.bytecode.Activation;

/**
 * The functions of {@code ACT}, of addition, multiplication and bits alone: those are what every
 * device rounds alike. NaN yields the quiet NaN {@code 0x7fc00000}. The shader has the same
 * constants and the same order of operations.
 */
final class Activations {
  private static final float LEAK = 0.01f;
  private static final float BOUND = 80f;
  private static final float LOG2_E = 1.442695f;
  private static final float LN2_HIGH = 0.6933594f;
  private static final float LN2_LOW = -2.1219444e-4f;
  private static final float ROUNDER = 12582912f;
  private static final int RECIPROCAL_GUESS = 0x7ef311c7;

  private Activations() {}

  static float apply(Activation function, float x) {
    if (Float.isNaN(x)) {
      return Float.intBitsToFloat(0x7fc00000);
    }
    return switch (function) {
      case RELU -> x > 0f ? x : 0f;
      case LEAKY -> x > 0f ? x : x * LEAK;
      case SIGMOID -> sigmoid(x);
      case TANH -> 2f * sigmoid(2f * x) - 1f;
    };
  }

  private static float sigmoid(float x) {
    float bounded = x > BOUND ? BOUND : x < -BOUND ? -BOUND : x;
    return reciprocal(1f + exp(-bounded));
  }

  /** For arguments between -80 and 80: a power of two times a polynomial of the rest. */
  private static float exp(float x) {
    float n = (x * LOG2_E + ROUNDER) - ROUNDER;
    float r = (x - n * LN2_HIGH) - n * LN2_LOW;
    float p = 0.00019875691f;
    p = p * r + 0.0013981999f;
    p = p * r + 0.008333452f;
    p = p * r + 0.041665796f;
    p = p * r + 0.16666666f;
    p = p * r + 0.5f;
    p = (p * r) * r + r;
    p = p + 1f;
    return p * Float.intBitsToFloat(((int) n + 127) << 23);
  }

  /** For arguments of at least 1: a guess from the bits, made better four times. */
  private static float reciprocal(float d) {
    float r = Float.intBitsToFloat(RECIPROCAL_GUESS - Float.floatToRawIntBits(d));
    r = r * (2f - d * r);
    r = r * (2f - d * r);
    r = r * (2f - d * r);
    r = r * (2f - d * r);
    return r;
  }
}
