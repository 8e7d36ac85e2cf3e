package dev.aeon.apm.cli;

import dev.aeon.apm.AckTime;
import dev.aeon.apm.AgentBus;
import dev.aeon.apm.BusOptions;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.Custom;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Payload;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.route.Router;
import dev.aeon.apm.schema.FieldRules;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.validate.Validator;
import java.time.Duration;

/** Two agents of a benchmark, and the message that goes between them. */
final class BenchPair {
  private static final String TYPE = "CUSTOM_BENCH";
  private static final AgentIdentity SENDER = AgentIdentity.of("bench-sender", AgentType.AD_HOC);
  private static final AgentIdentity RECEIVER =
      AgentIdentity.of("bench-receiver", AgentType.AD_HOC);

  private final Payload payload;
  private final RoutedMessage routed;

  /** With a message that carries so many bytes of text. */
  BenchPair(int byteSize) {
    payload = new Custom(TYPE, JsonObject.builder().put("text", "x".repeat(byteSize)).build());
    Message message = Message.builder().sender(SENDER).receiver(RECEIVER).payload(payload).build();
    routed =
        new Router(new Registry()).answer(Validator.validateOutgoing(SENDER, message), RECEIVER);
  }

  RoutedMessage routed() {
    return routed;
  }

  Channel open(Channels channels) {
    return channels.open(SENDER.agentId(), RECEIVER.agentId());
  }

  /** Messages one by one, each acknowledged once its handler is done. */
  Pace roundTrips(Channels channels, Duration time) {
    BusOptions options =
        BusOptions.defaults()
            .withAckTime(AckTime.AFTER_HANDLING)
            .withCustomType(TYPE, FieldRules.object());
    Registry registry = new Registry();
    registry.register(RECEIVER);
    try (AgentBus _ = AgentBus.open(RECEIVER, new Registry(), channels, (_, _) -> {}, options);
        AgentBus sender = AgentBus.open(SENDER, registry, channels, (_, _) -> {}, options)) {
      return Pace.measure(1, time, () -> sender.send(sender.compose(RECEIVER, payload).build()));
    }
  }
}
