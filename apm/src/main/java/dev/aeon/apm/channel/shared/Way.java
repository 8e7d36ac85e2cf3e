package dev.aeon.apm.channel.shared;

import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.message.AgentId;
import java.time.Duration;

/**
 * How a channel is reached.
 *
 * @param kept what its owner opens
 * @param url where its owner serves
 * @param patience how long a guest waits for an owner, or to become it
 */
record Way(Channels kept, AgentId sender, AgentId receiver, String url, Duration patience) {
  String name() {
    return sender + "_to_" + receiver;
  }
}
