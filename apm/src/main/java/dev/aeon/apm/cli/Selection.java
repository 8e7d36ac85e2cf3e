package dev.aeon.apm.cli;

import dev.aeon.apm.channel.ChannelName;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.Message;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which messages of which channels a command is about. */
final class Selection {
  @Option(
      names = {"-channel", "--channel"},
      paramLabel = "SENDER_to_RECEIVER",
      converter = ChannelConverter.class,
      description = "only this channel; may be given several times")
  private List<ChannelName> channels = List.of();

  @Option(
      names = {"-agent", "--agent"},
      paramLabel = "ID",
      description = "only what this agent sends or is sent")
  private @Nullable AgentId agent;

  @Option(
      names = {"-type", "--type"},
      paramLabel = "TYPE",
      description = "only messages of this type; may be given several times")
  private List<String> types = List.of();

  @Option(
      names = {"-correlation", "--correlation"},
      paramLabel = "ID",
      description = "only messages of this correlation")
  private @Nullable String correlation;

  @Option(
      names = {"-since", "--since"},
      paramLabel = "TIME",
      description = "only messages from then on: 2026-01-31T10:00:00Z, or how long ago: 10m")
  private @Nullable Instant since;

  @Option(
      names = {"-until", "--until"},
      paramLabel = "TIME",
      description = "only messages before then")
  private @Nullable Instant until;

  boolean wants(ChannelName channel) {
    return (channels.isEmpty() || channels.contains(channel))
        && (agent == null || channel.touches(agent));
  }

  boolean wants(Recorded recorded) {
    Message message = recorded.message();
    Instant time = message.envelope().timestamp();
    return (types.isEmpty() || types.contains(message.envelope().typeName()))
        && (correlation == null || message.correlation().equals(correlation))
        && (since == null || !time.isBefore(since))
        && (until == null || time.isBefore(until));
  }

  /** Whether it says from when on. */
  boolean hasBeginning() {
    return since != null;
  }

  /** Whether every message of the channels is wanted. */
  boolean isEverything() {
    return types.isEmpty() && correlation == null && since == null && until == null;
  }
}
