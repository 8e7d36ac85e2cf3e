package dev.aeon.apm.channel.nats;

import dev.aeon.apm.channel.ChannelName;
import dev.aeon.apm.message.AgentId;
import java.util.Optional;

/** The subject of a channel, {@code {stream}.{receiver}.{sender}}, and back. */
final class Subjects {
  private static final int PART_COUNT = 3;

  private Subjects() {}

  static String of(String stream, AgentId sender, AgentId receiver) {
    return stream + "." + receiver + "." + sender;
  }

  static String ofAll(String stream) {
    return stream + ".*.*";
  }

  static String ofAllTo(String stream, AgentId receiver) {
    return stream + "." + receiver + ".*";
  }

  /** The channel of a subject; empty where somebody else uses the stream too. */
  static Optional<ChannelName> channel(String subject) {
    String[] parts = subject.split("\\.", -1);
    return parts.length == PART_COUNT
        ? ChannelName.parse(parts[2] + "_to_" + parts[1])
        : Optional.empty();
  }

  /** The channel's name, or the subject where it is none's. */
  static String nameOf(String subject) {
    return channel(subject).map(ChannelName::toString).orElse(subject);
  }
}
