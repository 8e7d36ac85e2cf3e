package dev.aeon.slabs.interpreter;

import dev.aeon.slabs.bytecode.Instruction;
import org.jspecify.annotations.Nullable;

/**
 * One instruction with the values it reads and writes.
 *
 * @param codeIndex where the instruction begins in the encoded program, in 32-bit words
 * @param second the right or vector operand of a product, the second target of {@code TOPK}, else
 *     null
 */
record Step(
    Instruction instruction, int codeIndex, Value target, Value first, @Nullable Value second) {
  Value requireSecond() {
    if (second == null) {
      throw new IllegalStateException("instruction has one operand, instruction=" + instruction);
    }
    return second;
  }
}
