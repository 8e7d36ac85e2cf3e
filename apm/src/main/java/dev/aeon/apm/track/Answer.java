package dev.aeon.apm.track;

/** What an ACK or NACK that came in says to us (resolution 45). */
public enum Answer {
  /** It answers a message that we sent, for the first time or again. */
  EXPECTED,
  /**
   * It may answer a message that we sent so long ago that it is not remembered: a repetition, which
   * changes nothing (section 4.4).
   */
  LATE,
  /** It answers nothing that we sent, or has another correlation. */
  UNEXPECTED
}
