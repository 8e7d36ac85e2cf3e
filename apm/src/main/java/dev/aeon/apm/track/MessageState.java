package dev.aeon.apm.track;

/** How far a message we sent got (section 4.1). */
public enum MessageState {
  /** Made, not taken over by its channel yet. */
  PENDING,
  /** Taken over by its channel, not acknowledged yet. */
  IN_TRANSIT,
  /** Acknowledged by its recipient. */
  DELIVERED,
  /** Worked on by its recipient. */
  PROCESSED,
  /** Refused, or never taken over. */
  FAILED
}
