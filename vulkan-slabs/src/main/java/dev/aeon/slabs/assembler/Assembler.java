package dev.aeon.slabs.assembler;

import dev.aeon.slabs.bytecode.ByteCodeException;
import dev.aeon.slabs.bytecode.Instruction;
import dev.aeon.slabs.bytecode.Program;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns text into a program, an instruction a line:
 *
 * <pre>
 * LOAD   r0, @0          ; r0 stands for the view behind handle 0
 * LOAD   r1, @1
 * MATVEC r2, r0, r1      ; each row of r0 times r1
 * ACT    r2, r2, relu    ; or leaky, sigmoid, tanh
 * TOPK   r3, r4, r2, 10  ; indices, values, of, how many
 * STORE  @2, r3
 * STORE  @3, r4
 * </pre>
 *
 * {@code DOT r0, r1, r2} and {@code SUM r0, r1} yield one element. Operations and functions may be
 * written in either case; a semicolon begins a comment.
 */
public final class Assembler {
  private static final int MAX_CHARACTERS = 1 << 20;

  private Assembler() {}

  /**
   * Assembles and verifies.
   *
   * @throws AssemblyException naming line and column of what is wrong
   */
  public static Program assemble(String text) {
    if (text.length() > MAX_CHARACTERS) {
      throw new AssemblyException(1, 1, "text is longer than limit=" + MAX_CHARACTERS);
    }
    List<Instruction> instructions = new ArrayList<>();
    List<Integer> lines = new ArrayList<>();
    int line = 0;
    for (String source : text.split("\n", -1)) {
      line++;
      LineParser parser = new LineParser(source, line);
      if (!parser.isBlank()) {
        instructions.add(parser.parse());
        lines.add(line);
      }
    }
    return verify(instructions, lines);
  }

  /** Verifies ever longer prefixes only to find where, when the whole is wrong. */
  private static Program verify(List<Instruction> instructions, List<Integer> lines) {
    try {
      return Program.of(instructions);
    } catch (ByteCodeException whole) {
      for (int count = 1;
          count <= Math.min(instructions.size(), Program.MAX_INSTRUCTIONS);
          count++) {
        try {
          Program.of(instructions.subList(0, count));
        } catch (ByteCodeException first) {
          throw new AssemblyException(lines.get(count - 1), 1, messageOf(first));
        }
      }
      throw new AssemblyException(1, 1, messageOf(whole));
    }
  }

  private static String messageOf(ByteCodeException e) {
    return String.valueOf(e.getMessage());
  }
}
