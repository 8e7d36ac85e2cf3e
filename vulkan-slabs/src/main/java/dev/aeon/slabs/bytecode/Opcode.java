package dev.aeon.slabs.bytecode;

import java.util.Optional;

/** The operations and their codes, which the shader shares. */
public enum Opcode {
  LOAD(1, 2),
  STORE(2, 2),
  DOT(3, 3),
  SUM(4, 2),
  MATVEC(5, 3),
  ACT(6, 2),
  TOPK(7, 3);

  private final int code;
  private final int operandCount;

  Opcode(int code, int operandCount) {
    this.code = code;
    this.operandCount = operandCount;
  }

  /** The byte that stands for the operation. */
  public int code() {
    return code;
  }

  /** How many registers and handles it names. */
  public int operandCount() {
    return operandCount;
  }

  /** The operation of a code. */
  public static Optional<Opcode> of(int code) {
    for (Opcode opcode : values()) {
      if (opcode.code == code) {
        return Optional.of(opcode);
      }
    }
    return Optional.empty();
  }
}
