package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.Relay;
import dev.aeon.apm.message.AgentId;

/** Files alone. */
enum NoRelay implements Relay, Relay.Sending, Inbox {
  INSTANCE;

  @Override
  public Sending open(AgentId sender, AgentId receiver) {
    return this;
  }

  @Override
  public Inbox listen(AgentId receiver, Sink sink) {
    return this;
  }

  @Override
  public void offer(long position, byte[] line) {}

  @Override
  public void close() {}
}
