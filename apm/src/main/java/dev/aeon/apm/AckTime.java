package dev.aeon.apm;

/** When a bus acknowledges what it receives. */
public enum AckTime {
  /**
   * {@code received}, before the message is handled: the sender learns at once that it arrived. A
   * channel that keeps messages brings it again where the handler did not get to its end.
   */
  ON_RECEIPT,
  /**
   * {@code processed}, after the handler returned: nothing acknowledged is lost, whatever the
   * channel, but a handler must be quicker than the sender's time-out.
   */
  AFTER_HANDLING
}
