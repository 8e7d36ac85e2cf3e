package dev.aeon.apm.track;

/** What is known of a receiver when a message is about to go out to it. */
public enum Presence {
  /** It is registered, or nobody asks. */
  KNOWN,
  /** Nobody of that id is registered: the message is parked. */
  UNKNOWN,
  /** An agent of that id is registered, but as another type: the message cannot be meant for it. */
  OF_ANOTHER_TYPE
}
