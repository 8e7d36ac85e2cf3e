package dev.aeon.slabs.interpreter;

/** A program and the views it was to run over do not fit: what does not, at which instruction. */
public final class ProgramException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ProgramException(String message) {
    super(message);
  }

  ProgramException(int instruction, String message) {
    super(message + " instruction=" + instruction);
  }
}
