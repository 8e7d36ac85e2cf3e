package dev.aeon.slabs.assembler;

/** Text that is no Harmonics program: what is wrong, and where. */
public final class AssemblyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  AssemblyException(int line, int column, String message) {
    super(line + ":" + column + ": " + message);
    this.line = line;
    this.column = column;
  }

  /** From 1. */
  public int line() {
    return line;
  }

  /** From 1. */
  public int column() {
    return column;
  }
}
