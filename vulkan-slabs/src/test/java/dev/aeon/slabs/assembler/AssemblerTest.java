package dev.aeon.slabs.assembler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.slabs.bytecode.Activation;
import dev.aeon.slabs.bytecode.Instruction;
import dev.aeon.slabs.bytecode.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssemblerTest {
  private static final String ALL =
      """
      ; every operation
      LOAD   r0, @0
      load   r1, @1   ; in either case
      MATVEC r2, r0, r1
      ACT    r2, r2, Sigmoid
      DOT    r3, r1, r1

      SUM    r4, r1
      TOPK   r5, r6, r2, 10
      STORE  @63, r5
      """;

  @Test
  void text_ofEveryOperation_assembles() {
    assertThat(Assembler.assemble(ALL).instructions())
        .containsExactly(
            new Instruction.Load(0, 0),
            new Instruction.Load(1, 1),
            new Instruction.MatVec(2, 0, 1),
            new Instruction.Act(2, 2, Activation.SIGMOID),
            new Instruction.Dot(3, 1, 1),
            new Instruction.Sum(4, 1),
            new Instruction.TopK(5, 6, 2, 10),
            new Instruction.Store(63, 5));
  }

  @Test
  void disassembly_assembledAgain_isTheSameProgram() {
    Program program = Assembler.assemble(ALL);
    assertThat(Assembler.assemble(Disassembler.disassemble(program))).isEqualTo(program);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "JUMP r0|1|1|no such operation",
        "LOAD r0 @0|1|9|expected a comma",
        "LOAD r0, 0|1|10|expected a handle",
        "LOAD x0, @0|1|6|expected a register",
        "LOAD r0, @0 r1|1|13|more follows",
        "LOAD r99999999999, @0|1|6|expected a register",
        "LOAD r32, @0|1|1|a register is 0 to 31",
        "LOAD r0, @64|1|1|a handle is 0 to 63",
        "SUM r1, r0|1|1|read before it is written",
        "'LOAD r0, @0\nACT r0, r0, gelu'|2|13|no such function",
        "'LOAD r0, @0\n\nTOPK r1, r1, r0, 5'|3|1|writes two registers",
        "'LOAD r0, @0\nTOPK r1, r2, r0, 0'|2|1|selects 1 to 1024",
        "'LOAD r0, @0\nTOPK r1, r2, r0'|2|16|expected a comma"
      })
  void text_thatIsWrong_isRefusedWithItsPlace(String text, int line, int column, String what) {
    String program = text.replace("\\n", "\n");
    assertThatThrownBy(() -> Assembler.assemble(program))
        .isInstanceOfSatisfying(
            AssemblyException.class,
            e -> {
              assertThat(e.line()).isEqualTo(line);
              assertThat(e.column()).isEqualTo(column);
            })
        .hasMessageContaining(what);
  }

  @Test
  void text_withoutInstructions_isRefused() {
    assertThatThrownBy(() -> Assembler.assemble("; nothing\n"))
        .isInstanceOf(AssemblyException.class);
  }
}
