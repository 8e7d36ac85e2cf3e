package dev.aeon.apm.channel;

import java.util.Optional;

/**
 * A line as an inbox received it. Until it is settled the channel counts it as not handled, and a
 * channel that keeps its messages delivers it again after a restart: at least once, in the order in
 * which it was appended.
 *
 * @param source where it was read
 * @param line the bytes without their newline, now the listener's own
 * @param settlement what {@link #settle} does; never blocks, takes calls from any thread, and does
 *     nothing once the inbox is closed
 * @param certificateName where the transport asks for certificates, the name in the peer's: the one
 *     agent that it may speak for; empty where it asks for none
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Delivery(
    Source source, byte[] line, Runnable settlement, Optional<String> certificateName) {
  /** A line of which the transport knows no more than where it was read. */
  public Delivery(Source source, byte[] line, Runnable settlement) {
    this(source, line, settlement, Optional.empty());
  }

  /**
   * Says that the message is taken care of and need not come again. Takes effect soon after, not at
   * once: a crash between brings the message once more. Again settling does nothing.
   */
  public void settle() {
    settlement.run();
  }
}
