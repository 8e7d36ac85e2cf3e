package dev.aeon.apm.route;

import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Metadata;
import dev.aeon.apm.schema.InvalidMessageException;

/** A valid message with the one agent it goes to, encoded; made by {@link Router} alone. */
public final class RoutedMessage {
  private final Message message;
  private final AgentIdentity target;
  private final byte[] line;

  RoutedMessage(Message message, AgentIdentity target) {
    this.message = message;
    this.target = target;
    this.line = JsonCodec.encode(message);
  }

  /**
   * The same message once more, saying how often it was sent before; where it has no room for that,
   * as it is.
   */
  public RoutedMessage retried(int retryCount) {
    Metadata metadata = message.envelope().metadata().toBuilder().retryCount(retryCount).build();
    try {
      return new RoutedMessage(message.toBuilder().metadata(metadata).build(), target);
    } catch (InvalidMessageException _) {
      return this;
    }
  }

  public Message message() {
    return message;
  }

  public AgentIdentity target() {
    return target;
  }

  /** The message's JSON without a newline; the same array each time, not to be changed. */
  public byte[] line() {
    return line;
  }
}
