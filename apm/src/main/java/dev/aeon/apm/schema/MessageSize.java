package dev.aeon.apm.schema;

/** How long a message may be (resolution 42). */
public final class MessageSize {
  /** The most bytes of a message in UTF-8, its newline not counted. */
  public static final int MAX_BYTE_SIZE = 1_048_576;

  private MessageSize() {}

  /**
   * Sees that a message is no longer than it may be.
   *
   * @throws InvalidMessageException E_VALIDATION_005 where it is
   */
  public static void check(int byteSize) {
    if (byteSize > MAX_BYTE_SIZE) {
      throw new InvalidMessageException(tooLong(byteSize));
    }
  }

  /** What is wrong with a message of so many bytes, which are too many. */
  public static Violation tooLong(long byteSize) {
    return new Violation(
        "",
        ErrorCode.E_VALIDATION_005,
        "too long: byteSize=" + byteSize + " limit=" + MAX_BYTE_SIZE);
  }
}
