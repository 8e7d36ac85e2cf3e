package dev.aeon.slabs.bytecode;

import java.util.BitSet;
import java.util.List;

/**
 * Checks that need no data: counts, ranges, and that registers are written before they are read.
 */
final class Verifier {
  private final BitSet written = new BitSet(Program.MAX_REGISTERS);
  private int handleCount;
  private int index;

  private Verifier() {}

  /** Checks a program and returns how many handles it names at the most. */
  static int verify(List<Instruction> instructions) {
    if (instructions.isEmpty() || instructions.size() > Program.MAX_INSTRUCTIONS) {
      throw new ByteCodeException(
          "a program has 1 to "
              + Program.MAX_INSTRUCTIONS
              + " instructions, count="
              + instructions.size());
    }
    Verifier verifier = new Verifier();
    for (Instruction instruction : instructions) {
      verifier.check(instruction);
      verifier.index++;
    }
    return verifier.handleCount;
  }

  private void check(Instruction instruction) {
    switch (instruction) {
      case Instruction.Load load -> {
        handle(load.handle());
        write(load.target());
      }
      case Instruction.Store store -> {
        read(store.source());
        handle(store.handle());
      }
      case Instruction.Dot dot -> {
        read(dot.left());
        read(dot.right());
        write(dot.target());
      }
      case Instruction.Sum sum -> {
        read(sum.source());
        write(sum.target());
      }
      case Instruction.MatVec matVec -> {
        read(matVec.matrix());
        read(matVec.vector());
        write(matVec.target());
      }
      case Instruction.Act act -> {
        read(act.source());
        write(act.target());
      }
      case Instruction.TopK topK -> checkTopK(topK);
    }
  }

  private void checkTopK(Instruction.TopK topK) {
    read(topK.source());
    write(topK.indices());
    write(topK.values());
    if (topK.indices() == topK.values()) {
      throw violation("TOPK writes two registers, register=" + topK.indices());
    }
    if (topK.count() < 1 || topK.count() > Program.MAX_TOP) {
      throw violation("TOPK selects 1 to " + Program.MAX_TOP + ", count=" + topK.count());
    }
  }

  private void read(int register) {
    checkRegister(register);
    if (!written.get(register)) {
      throw violation("a register is read before it is written, register=" + register);
    }
  }

  private void write(int register) {
    checkRegister(register);
    written.set(register);
  }

  private void checkRegister(int register) {
    if (register < 0 || register >= Program.MAX_REGISTERS) {
      throw violation(
          "a register is 0 to " + (Program.MAX_REGISTERS - 1) + ", register=" + register);
    }
  }

  private void handle(int handle) {
    if (handle < 0 || handle >= Program.MAX_HANDLES) {
      throw violation("a handle is 0 to " + (Program.MAX_HANDLES - 1) + ", handle=" + handle);
    }
    handleCount = Math.max(handleCount, handle + 1);
  }

  private ByteCodeException violation(String what) {
    return new ByteCodeException(what + " instruction=" + index);
  }
}
