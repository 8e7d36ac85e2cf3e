package dev.aeon.slabs.assembler;

import dev.aeon.slabs.bytecode.Instruction;
import dev.aeon.slabs.bytecode.Program;
import java.util.Locale;
import java.util.stream.Collectors;

/** Turns a program into text that assembles to the same program. */
public final class Disassembler {
  private Disassembler() {}

  /** The text of a program, an instruction a line. */
  public static String disassemble(Program program) {
    return program.instructions().stream()
        .map(Disassembler::line)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String line(Instruction instruction) {
    return switch (instruction) {
      case Instruction.Load i -> "LOAD r%d, @%d".formatted(i.target(), i.handle());
      case Instruction.Store i -> "STORE @%d, r%d".formatted(i.handle(), i.source());
      case Instruction.Dot i -> "DOT r%d, r%d, r%d".formatted(i.target(), i.left(), i.right());
      case Instruction.Sum i -> "SUM r%d, r%d".formatted(i.target(), i.source());
      case Instruction.MatVec i ->
          "MATVEC r%d, r%d, r%d".formatted(i.target(), i.matrix(), i.vector());
      case Instruction.Act i ->
          "ACT r%d, r%d, %s"
              .formatted(i.target(), i.source(), i.function().name().toLowerCase(Locale.ROOT));
      case Instruction.TopK i ->
          "TOPK r%d, r%d, r%d, %d".formatted(i.indices(), i.values(), i.source(), i.count());
    };
  }
}
