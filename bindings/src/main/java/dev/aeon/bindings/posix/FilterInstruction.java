package dev.aeon.bindings.posix;

/**
 * One instruction of a classic BPF program, as {@code linux/filter.h} defines them.
 *
 * @param code what to do, 0 to 65,535
 * @param jumpTrue how many instructions to skip where a comparison holds, 0 to 255
 * @param jumpFalse how many to skip where it does not, 0 to 255
 * @param operand a constant or an offset
 */
public record FilterInstruction(int code, int jumpTrue, int jumpFalse, int operand) {
  /** An instruction that jumps nowhere. */
  public static FilterInstruction of(int code, int operand) {
    return new FilterInstruction(code, 0, 0, operand);
  }
}
