package dev.aeon.checks.bench.agent;

import dev.aeon.apm.AckTime;
import dev.aeon.apm.AgentBus;
import dev.aeon.apm.BusOptions;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.registry.Registry;
import java.util.concurrent.TimeUnit;

/** Two agents of ours; the receiver acknowledges once its handler is done. */
final class BusLink implements Link {
  private final AgentBus sender;
  private final AgentBus receiver;

  BusLink(Channels channels) {
    Registry registry = new Registry();
    registry.register(Texts.RECEIVER);
    BusOptions options = BusOptions.defaults().withAckTime(AckTime.AFTER_HANDLING);
    receiver = AgentBus.open(Texts.RECEIVER, new Registry(), channels, (_, _) -> {}, options);
    sender = AgentBus.open(Texts.SENDER, registry, channels, (_, _) -> {}, options);
  }

  @Override
  public void roundTrip() throws Exception {
    Message message = sender.compose(Texts.RECEIVER, Texts.payload()).correlationId("c").build();
    sender.send(message).get(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    sender.close();
    receiver.close();
  }
}
