package dev.aeon.checks.bench.agent;

import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.message.AgentId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Channels of ours, used in turn. */
final class ChannelLog implements Log {
  private final List<Channel> open = new ArrayList<>();
  private int next;

  ChannelLog(Channels channels, int count) {
    for (int index = 0; index < count; index++) {
      AgentId receiver = new AgentId("receiver_" + (index + 1));
      open.add(channels.open(Texts.SENDER.agentId(), receiver));
    }
  }

  @Override
  public CompletableFuture<?> append() {
    next = (next + 1) % open.size();
    return open.get(next).append(Texts.routed());
  }

  @Override
  public void close() {
    open.forEach(Channel::close);
  }
}
