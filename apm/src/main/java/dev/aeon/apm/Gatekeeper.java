package dev.aeon.apm;

import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.Custom;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Receiver;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.FieldRule;
import dev.aeon.apm.schema.Violation;
import dev.aeon.apm.schema.Violations;
import dev.aeon.apm.security.AccessPolicy;
import dev.aeon.apm.security.Signatures;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides which valid messages an agent takes. Thread-safe, given such a handler. */
final class Gatekeeper {
  private static final Logger LOG = LoggerFactory.getLogger(Gatekeeper.class);

  /** How far clocks may differ before a message counts as late (resolution 33). */
  private static final Duration SKEW = Duration.ofSeconds(5);

  private static final Duration MAX_AHEAD = Duration.ofHours(24);

  private final AgentIdentity self;
  private final MessageHandler handler;
  private final Map<String, FieldRule> customTypes;
  private final InstantSource clock;
  private final AccessPolicy access;
  private final Optional<Signatures> signatures;

  Gatekeeper(AgentIdentity self, MessageHandler handler, BusOptions options) {
    this.self = self;
    this.handler = handler;
    this.customTypes = options.customTypes();
    this.clock = options.clock();
    this.access = options.access();
    this.signatures = options.signatures();
  }

  /** Why {@code message} is not believed to be its sender's; empty where it is. */
  Optional<Violation> forgery(Message message, Optional<String> certificateName) {
    String sender = message.sender().agentId().value();
    return certificateName
        .filter(name -> !name.equals(sender))
        .map(name ->
            new Violation(
                "sender",
                ErrorCode.E_SECURITY_001,
                "certificate of another: certificate=" + name + " sender=" + sender))
        .or(() -> signatures.flatMap(each -> each.verify(message)));
  }

  /** Why {@code message} is not taken; empty where it is. */
  Optional<Refusal> refusal(Message message) {
    if (!isForUs(message.receiver())) {
      return Optional.of(
          new Refusal(
              ErrorCode.E_ROUTING_002,
              "not for this agent: receiver=" + message.receiver() + " self=" + self));
    }
    if (!access.maySend(message.sender(), message.receiver(), message.envelope().typeName())) {
      return Optional.of(
          new Refusal(ErrorCode.E_SECURITY_005, "not allowed: sender=" + message.sender()));
    }
    return expiry(message).or(() -> brokenCustomType(message)).or(() -> refusedByHandler(message));
  }

  /** Whether nobody here knows what to do with it, which in a broadcast is no fault. */
  boolean isUnhandled(Message message) {
    return message.payload() instanceof Custom custom
        && !customTypes.containsKey(custom.typeName());
  }

  /** Why {@code message} is not handled any more: its time to live is over. */
  Optional<Refusal> expiry(Message message) {
    Instant now = clock.instant();
    Instant deadline = message.envelope().deadline();
    if (message.envelope().timestamp().isAfter(now.plus(MAX_AHEAD))) {
      LOG.warn("message from the future: messageId={} now={}", message.messageId(), now);
    }
    return deadline.plus(SKEW).isBefore(now)
        ? Optional.of(
            new Refusal(
                ErrorCode.E_PROTOCOL_004, "time to live is over: deadline=" + deadline, false))
        : Optional.empty();
  }

  private Optional<Refusal> brokenCustomType(Message message) {
    if (!(message.payload() instanceof Custom custom)) {
      return Optional.empty();
    }
    FieldRule rules = customTypes.get(custom.typeName());
    if (rules == null) {
      return isBroadcast(message)
          ? Optional.empty()
          : Optional.of(
              new Refusal(ErrorCode.E_PROTOCOL_006, "not handled: type=" + custom.typeName()));
    }
    Violations violations = new Violations(false);
    violations.enter("payload");
    custom.fields().check(rules, violations);
    return violations.ordered().stream()
        .findFirst()
        .map(first -> new Refusal(first.code(), first.toString()));
  }

  private static boolean isBroadcast(Message message) {
    return message.envelope().metadata().fields().has("broadcastId");
  }

  private Optional<Refusal> refusedByHandler(Message message) {
    try {
      return handler.refuse(message);
    } catch (RuntimeException e) {
      LOG.error("handler failed to decide: messageId={}", message.messageId(), e);
      return Optional.of(new Refusal(ErrorCode.E_SYSTEM_001, "the receiver failed to decide"));
    }
  }

  private boolean isForUs(Receiver receiver) {
    return switch (receiver) {
      case Receiver.One(AgentIdentity agent) -> agent.equals(self);
      case Receiver.OfType(var type) -> type == self.type();
      case Receiver.Everyone() -> true;
    };
  }
}
