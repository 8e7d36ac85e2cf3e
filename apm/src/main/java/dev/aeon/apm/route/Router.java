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
import java.util.function.UnaryOperator;

/**
 * Finds the recipients of a message in the registry as it is at that moment; a broadcast leaves the
 * sender out. Safe for use by many threads.
 */
public final class Router {
  private final Registry registry;
  private final UnaryOperator<Message> seal;
  private final UnknownReceivers unknown;

  public Router(Registry registry) {
    this(registry, UnaryOperator.identity(), UnknownReceivers.REFUSE);
  }

  /**
   * A router that finishes each copy.
   *
   * @param seal given a message as it will be sent, answers it with what makes it the sender's own
   * @param unknown whether a message may be for an agent that is not registered yet
   */
  public Router(Registry registry, UnaryOperator<Message> seal, UnknownReceivers unknown) {
    this.registry = registry;
    this.seal = seal;
    this.unknown = unknown;
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
    return sealed(validated.message(), asker);
  }

  /**
   * Whether silence about a message is a failure: where the message says so, else where its type
   * must be acknowledged or its receiver acknowledges everything (resolution 9).
   */
  public boolean mustAnswer(RoutedMessage routed) {
    Message message = routed.message();
    return message
        .envelope()
        .metadata()
        .ackRequired()
        .orElseGet(() ->
            switch (message.type()) {
              case TASK_ASSIGNMENT, ERROR_REPORT, HANDOFF_REQUEST -> true;
              default -> registry.acknowledgesAll(routed.target().agentId());
            });
  }

  private Routing direct(Message message, AgentIdentity agent) {
    Optional<AgentIdentity> registered = registry.find(agent.agentId());
    if (registered.isEmpty() && unknown == UnknownReceivers.PARK) {
      return new Routing.Routed(List.of(sealed(message, agent)));
    }
    if (registered.isEmpty()) {
      return unroutable(
          agent,
          "receiver.agentId",
          ErrorCode.E_ROUTING_001,
          "no such agent: agentId=" + agent.agentId());
    }
    if (!registered.get().equals(agent)) {
      return unroutable(
          agent,
          "receiver.type",
          ErrorCode.E_ROUTING_002,
          "not the agent's type: receiver=" + agent + " registered=" + registered.get());
    }
    return new Routing.Routed(List.of(sealed(message, registered.get())));
  }

  private Routing broadcast(Message message, List<AgentIdentity> recipients) {
    return new Routing.Routed(
        recipients.stream()
            .filter(recipient -> !recipient.equals(message.sender()))
            .map(recipient -> sealed(copyFor(message, recipient), recipient))
            .toList());
  }

  private RoutedMessage sealed(Message message, AgentIdentity recipient) {
    return new RoutedMessage(seal.apply(message), recipient);
  }

  private static Message copyFor(Message message, AgentIdentity recipient) {
    Metadata metadata =
        message.envelope().metadata().toBuilder()
            .put("broadcastId", message.messageId().value())
            .put("originalReceiver", message.receiver().toJson())
            .build();
    return message.toBuilder().receiver(recipient).metadata(metadata).build();
  }

  private static Routing unroutable(
      AgentIdentity receiver, String path, ErrorCode code, String detail) {
    return new Routing.Unroutable(receiver, new Violation(path, code, detail));
  }
}
