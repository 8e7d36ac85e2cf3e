package dev.aeon.fleet.manager;

/** The fleet cannot do its job; the message is one sentence for the person who asked. */
public final class FleetException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** A failure with a sentence that says what is wrong. */
  public FleetException(String sentence) {
    super(sentence);
  }

  /** A failure with its cause. */
  public FleetException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
