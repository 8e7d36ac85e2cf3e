package dev.aeon.apm.channel;

/**
 * A line as an inbox received it. Until it is settled the channel counts it as not handled, and a
 * channel that keeps its messages delivers it again after a restart: at least once, in the order in
 * which it was appended.
 *
 * @param source where it was read
 * @param line the bytes without their newline, now the listener's own
 * @param settlement what {@link #settle} does; never blocks, takes calls from any thread, and does
 *     nothing once the inbox is closed
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Delivery(Source source, byte[] line, Runnable settlement) {
  /**
   * Says that the message is taken care of and need not come again. Takes effect soon after, not at
   * once: a crash between brings the message once more. Again settling does nothing.
   */
  public void settle() {
    settlement.run();
  }
}
