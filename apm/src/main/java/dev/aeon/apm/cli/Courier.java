package dev.aeon.apm.cli;

import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.ndjson.FileQuarantine;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.route.Router;
import dev.aeon.apm.route.Routing;
import dev.aeon.apm.route.UnknownReceivers;
import dev.aeon.apm.track.DeliveryException;
import dev.aeon.apm.validate.Validator;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;

/** Puts messages into channels, and leaves them there. Confined to one thread. */
final class Courier {
  private final Path directory;
  private final Backend backend;
  private final Router router;

  /**
   * By the agents that {@code registry} knows.
   *
   * @param directory for what cannot be used
   * @param seal finishes each message
   * @param unknown whether a message may be left for an agent that is not registered yet
   */
  Courier(
      Path directory,
      Registry registry,
      Backend backend,
      UnaryOperator<Message> seal,
      UnknownReceivers unknown) {
    this.directory = directory;
    this.backend = backend;
    this.router = new Router(registry, seal, unknown);
  }

  /** Puts a message, durably, where its receivers find it; answers who they are. */
  List<AgentId> put(Message message) {
    return switch (router.route(Validator.validateOutgoing(message.sender(), message))) {
      case Routing.Routed(List<RoutedMessage> copies) -> put(copies);
      case Routing.Unroutable(_, var violation) ->
          throw new DeliveryException(violation.code(), violation.detail());
    };
  }

  private List<AgentId> put(List<RoutedMessage> copies) {
    List<AgentId> receivers = new ArrayList<>();
    for (RoutedMessage copy : copies) {
      AgentId sender = copy.message().sender().agentId();
      AgentId receiver = copy.target().agentId();
      try (Channel channel = channels(sender).open(sender, receiver)) {
        channel.append(copy).join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof ChannelException known ? known : e;
      }
      receivers.add(receiver);
    }
    return receivers;
  }

  private Channels channels(AgentId sender) {
    return backend.channels(new FileQuarantine(directory, sender, InstantSource.system()));
  }
}
