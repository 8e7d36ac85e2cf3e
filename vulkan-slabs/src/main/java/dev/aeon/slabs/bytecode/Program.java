package dev.aeon.slabs.bytecode;

import java.util.List;

/**
 * A program that has been verified: every register is written before it is read, every index is in
 * range. Whether shapes fit is checked against the views it runs over. Immutable.
 */
public final class Program {
  /** Registers are 0 to this, exclusive. */
  public static final int MAX_REGISTERS = 32;

  /** Handles are 0 to this, exclusive. */
  public static final int MAX_HANDLES = 64;

  /** The most instructions of a program. */
  public static final int MAX_INSTRUCTIONS = 4096;

  /** The most elements that {@code TOPK} selects. */
  public static final int MAX_TOP = 1024;

  private final List<Instruction> instructions;
  private final int handleCount;

  private Program(List<Instruction> instructions, int handleCount) {
    this.instructions = instructions;
    this.handleCount = handleCount;
  }

  /**
   * Verifies instructions.
   *
   * @throws ByteCodeException naming the instruction and what is wrong with it
   */
  public static Program of(List<Instruction> instructions) {
    List<Instruction> copy = List.copyOf(instructions);
    return new Program(copy, Verifier.verify(copy));
  }

  public List<Instruction> instructions() {
    return instructions;
  }

  /** How many handles a table for this program has at the least. */
  public int handleCount() {
    return handleCount;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Program that && instructions.equals(that.instructions);
  }

  @Override
  public int hashCode() {
    return instructions.hashCode();
  }

  @Override
  public String toString() {
    return instructions.toString();
  }
}
