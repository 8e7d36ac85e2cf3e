package dev.aeon.apm.channel;

import dev.aeon.apm.message.AgentId;
import java.util.Optional;

/**
 * Whose a channel is; its text {@code {sender}_to_{receiver}} names its directory. No agent's id
 * holds {@code _to_}, so that the text says it without doubt.
 */
public record ChannelName(AgentId sender, AgentId receiver) {
  private static final String SEPARATOR = "_to_";

  /** The name that {@code text} is; empty where it is none. */
  public static Optional<ChannelName> parse(String text) {
    int at = text.indexOf(SEPARATOR);
    if (at < 0) {
      return Optional.empty();
    }
    String sender = text.substring(0, at);
    String receiver = text.substring(at + SEPARATOR.length());
    return AgentId.isLegal(sender) && AgentId.isLegal(receiver)
        ? Optional.of(new ChannelName(new AgentId(sender), new AgentId(receiver)))
        : Optional.empty();
  }

  /** Whether the channel begins or ends at {@code agent}. */
  public boolean touches(AgentId agent) {
    return sender.equals(agent) || receiver.equals(agent);
  }

  @Override
  public String toString() {
    return sender + SEPARATOR + receiver;
  }
}
