package dev.aeon.apm.track;

/** What can happen to a message that we sent (section 4.2). */
public enum LifecycleEvent {
  /** Its channel took it over. */
  APPENDED,
  /** Its channel did not take it over, three times in a row. */
  CHANNEL_FAILED,
  /** An ACK {@code received} or {@code queued} came. */
  ACKNOWLEDGED,
  /** An ACK {@code processed} came. */
  PROCESSED,
  /** A response to it came, which proves that it was delivered. */
  RESPONDED,
  /** A NACK came after which the same message may succeed, and tries are left. */
  REFUSED_FOR_NOW,
  /** A NACK came after which sending the same again cannot help. */
  REFUSED,
  /** No answer came in time, and tries are left. */
  TIMED_OUT,
  /** No answer came in time, for the last time. */
  EXHAUSTED,
  /** Its time to live is over. */
  EXPIRED,
  /** We gave it up: its receiver was abandoned, or the bus closed. */
  ABANDONED
}
