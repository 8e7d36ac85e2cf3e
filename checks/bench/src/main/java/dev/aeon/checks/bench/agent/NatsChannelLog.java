package dev.aeon.checks.bench.agent;

import dev.aeon.apm.channel.nats.NatsChannels;
import java.util.concurrent.CompletableFuture;

/** A channel of ours over JetStream, with its connection. */
final class NatsChannelLog implements Log {
  private final NatsChannels channels;
  private final ChannelLog log;

  NatsChannelLog(NatsChannels channels) {
    this.channels = channels;
    this.log = new ChannelLog(channels, 1);
  }

  @Override
  public CompletableFuture<?> append() {
    return log.append();
  }

  @Override
  public void close() {
    log.close();
    channels.close();
  }
}
