package dev.aeon.slabs.bytecode;

/** Byte-code that is no legal program: what is wrong, and where. */
public final class ByteCodeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ByteCodeException(String message) {
    super(message);
  }
}
