package dev.aeon.sp.wire;

/** Bytes from a peer break the SP wire format; the pipe they came from is closed. */
public final class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Malformed kind;

  public MalformedException(Malformed kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  public Malformed kind() {
    return kind;
  }
}
