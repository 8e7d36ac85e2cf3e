package dev.aeon.apm.route;

import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Metadata;
import dev.aeon.apm.schema.InvalidMessageException;
import org.jspecify.annotations.Nullable;

/** A valid message with the one agent it goes to, encoded; made by {@link Router} alone. */
public final class RoutedMessage {
  private final AgentIdentity target;
  private final byte[] line;

  /** Null once it is to be read from the line again. */
  private volatile @Nullable Message message;

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
    Message last = message();
    Metadata metadata = last.envelope().metadata().toBuilder().retryCount(retryCount).build();
    try {
      return new RoutedMessage(last.toBuilder().metadata(metadata).build(), target);
    } catch (InvalidMessageException _) {
      return this;
    }
  }

  /** The message; after {@link #keepLineAlone} read anew each time. */
  public Message message() {
    Message held = message;
    return held == null ? Message.of(JsonCodec.decode(line).fields()) : held;
  }

  /** Lets go of all but the line, which says everything: for a copy that is kept for long. */
  public void keepLineAlone() {
    message = null;
  }

  public AgentIdentity target() {
    return target;
  }

  /** The message's JSON without a newline; the same array each time, not to be changed. */
  public byte[] line() {
    return line;
  }
}
