package dev.aeon.slabs.assembler;

import dev.aeon.slabs.bytecode.Activation;
import dev.aeon.slabs.bytecode.Instruction;
import dev.aeon.slabs.bytecode.Opcode;
import java.util.Locale;

/** Reads the instruction on one line. */
final class LineParser {
  private static final int MAX_DIGITS = 9;

  private final String text;
  private final int line;
  private int index;

  LineParser(String source, int line) {
    int comment = source.indexOf(';');
    this.text = comment < 0 ? source : source.substring(0, comment);
    this.line = line;
  }

  boolean isBlank() {
    return text.isBlank();
  }

  Instruction parse() {
    Opcode opcode = opcode();
    Instruction instruction =
        switch (opcode) {
          case LOAD -> new Instruction.Load(register(), next(this::handle));
          case STORE -> new Instruction.Store(handle(), next(this::register));
          case DOT -> new Instruction.Dot(register(), next(this::register), next(this::register));
          case SUM -> new Instruction.Sum(register(), next(this::register));
          case MATVEC ->
              new Instruction.MatVec(register(), next(this::register), next(this::register));
          case ACT -> new Instruction.Act(register(), next(this::register), nextActivation());
          case TOPK ->
              new Instruction.TopK(
                  register(), next(this::register), next(this::register), next(this::number));
        };
    skipBlanks();
    if (index < text.length()) {
      throw violation("more follows the last operand", index);
    }
    return instruction;
  }

  private Opcode opcode() {
    int start = skipBlanks();
    String name = word();
    try {
      return Opcode.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw violation("no such operation, operation='" + name + "'", start);
    }
  }

  private interface Operand {
    int read();
  }

  private int next(Operand operand) {
    comma();
    return operand.read();
  }

  private Activation nextActivation() {
    comma();
    int start = skipBlanks();
    String name = word();
    try {
      return Activation.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw violation("no such function, function='" + name + "'", start);
    }
  }

  private int register() {
    return marked('r', "a register such as r0");
  }

  private int handle() {
    return marked('@', "a handle such as @0");
  }

  private int marked(char mark, String expected) {
    int start = skipBlanks();
    if (start >= text.length() || text.charAt(start) != mark) {
      throw violation("expected " + expected, start);
    }
    index++;
    return digits(expected, start);
  }

  private int number() {
    return digits("a number", skipBlanks());
  }

  private int digits(String expected, int start) {
    int first = index;
    while (index < text.length() && Character.digit(text.charAt(index), 10) >= 0) {
      index++;
    }
    if (index == first || index - first > MAX_DIGITS) {
      throw violation("expected " + expected, start);
    }
    return Integer.parseInt(text.substring(first, index));
  }

  private void comma() {
    int start = skipBlanks();
    if (start >= text.length() || text.charAt(start) != ',') {
      throw violation("expected a comma", start);
    }
    index++;
  }

  private String word() {
    int start = index;
    while (index < text.length() && Character.isLetterOrDigit(text.charAt(index))) {
      index++;
    }
    return text.substring(start, index);
  }

  private int skipBlanks() {
    while (index < text.length() && Character.isWhitespace(text.charAt(index))) {
      index++;
    }
    return index;
  }

  private AssemblyException violation(String what, int at) {
    return new AssemblyException(line, at + 1, what);
  }
}
