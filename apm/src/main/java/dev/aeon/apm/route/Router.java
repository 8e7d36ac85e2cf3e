package dev.aeon.apm.route;

import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Metadata;
import dev.aeon.apm.message.Receiver;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.Violation;
import dev.aeon.apm.validate.ValidatedMessage;
import java.util.List;
import java.util.Optional;

/**
 * Finds the recipients of a message in the registry as it is at that moment; a broadcast leaves the
 * sender out. Safe for use by many threads.
 */
public final class Router {
  private final Registry registry;

  public Router(Registry registry) {
    this.registry = registry;
  }

  /**
   * Routes a message.
   *
   * @throws dev.aeon.apm.schema.InvalidMessageException where it is too long to be sent
   */
  public Routing route(ValidatedMessage validated) {
    Message message = validated.message();
    return switch (message.receiver()) {
      case Receiver.One(AgentIdentity agent) -> direct(message, agent);
      case Receiver.OfType(var type) -> broadcast(message, registry.agentsOfType(type));
      case Receiver.Everyone() -> broadcast(message, registry.agents());
    };
  }

  /** Routes an answer back to the agent that asked, registered or not. */
  public RoutedMessage answer(ValidatedMessage validated, AgentIdentity asker) {
    return new RoutedMessage(validated.message(), asker);
  }

  /**
   * Whether silence about a message is a failure: unless the message says otherwise (resolution 9).
   */
  public boolean mustAnswer(RoutedMessage routed) {
    return routed.message().envelope().metadata().ackRequired().orElse(true);
  }

  private Routing direct(Message message, AgentIdentity agent) {
    Optional<AgentIdentity> registered = registry.find(agent.agentId());
    if (registered.isEmpty()) {
      return unroutable(
          "receiver.agentId", ErrorCode.E_ROUTING_001, "no such agent: agentId=" + agent.agentId());
    }
    if (!registered.get().equals(agent)) {
      return unroutable(
          "receiver.type",
          ErrorCode.E_ROUTING_002,
          "not the agent's type: receiver=" + agent + " registered=" + registered.get());
    }
    return new Routing.Routed(List.of(new RoutedMessage(message, agent)));
  }

  private static Routing broadcast(Message message, List<AgentIdentity> recipients) {
    return new Routing.Routed(
        recipients.stream()
            .filter(recipient -> !recipient.equals(message.sender()))
            .map(recipient -> new RoutedMessage(copyFor(message, recipient), recipient))
            .toList());
  }

  private static Message copyFor(Message message, AgentIdentity recipient) {
    Metadata metadata =
        message.envelope().metadata().toBuilder()
            .put("broadcastId", message.messageId().value())
            .put("originalReceiver", message.receiver().toJson())
            .build();
    return message.toBuilder().receiver(recipient).metadata(metadata).build();
  }

  private static Routing unroutable(String path, ErrorCode code, String detail) {
    return new Routing.Unroutable(new Violation(path, code, detail));
  }
}
