package dev.aeon.slabs.bytecode;

import java.util.Optional;

/** The functions that {@code ACT} applies to each element, and their codes. */
public enum Activation {
  /** {@code x} above 0, else 0. */
  RELU(1),
  /** {@code x} above 0, else {@code 0.01 x}. */
  LEAKY(2),
  /** {@code 1 / (1 + e^-x)}. */
  SIGMOID(3),
  /** The hyperbolic tangent, as {@code 2 sigmoid(2x) - 1}. */
  TANH(4);

  private final int code;

  Activation(int code) {
    this.code = code;
  }

  /** The number that stands for the function in an instruction. */
  public int code() {
    return code;
  }

  /** The function of a code. */
  public static Optional<Activation> of(long code) {
    for (Activation activation : values()) {
      if (activation.code == code) {
        return Optional.of(activation);
      }
    }
    return Optional.empty();
  }
}
