package dev.aeon.apm.validate;

import dev.aeon.apm.codec.DecodedMessage;
import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Violation;
import dev.aeon.apm.schema.WireNamed;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks messages on the way in and on the way out (section 10.1). Stateless. */
public final class Validator {
  private static final Logger LOG = LoggerFactory.getLogger(Validator.class);

  private Validator() {}

  /** Judges a line as read from a channel. */
  public static Verdict validate(byte[] line) {
    try {
      return validate(JsonCodec.decode(line));
    } catch (InvalidMessageException e) {
      return new Verdict.Invalid(e.violations(), Optional.empty());
    }
  }

  /** Judges a decoded line. */
  public static Verdict validate(DecodedMessage decoded) {
    JsonObject fields = decoded.fields();
    try {
      Message message = Message.of(fields);
      if (!message.messageId().isStandard()) {
        LOG.warn("message id of a tolerated form: messageId={}", message.messageId());
      }
      return new Verdict.Valid(new ValidatedMessage(message));
    } catch (InvalidMessageException e) {
      return new Verdict.Invalid(e.violations(), origin(fields));
    }
  }

  /**
   * Checks a message about to be sent by {@code self}.
   *
   * @throws InvalidMessageException where it cannot go out as it is
   */
  public static ValidatedMessage validateOutgoing(AgentIdentity self, Message message) {
    if (!message.sender().equals(self)) {
      throw new InvalidMessageException(
          new Violation(
              "sender",
              ErrorCode.E_VALIDATION_009,
              "must be the sending agent: sender=" + message.sender() + " self=" + self));
    }
    List<Violation> violations = Message.check(message.toJson());
    if (!violations.isEmpty()) {
      throw new InvalidMessageException(violations);
    }
    return new ValidatedMessage(message);
  }

  private static Optional<Verdict.Origin> origin(JsonObject fields) {
    Optional<AgentIdentity> sender = fields.findObject("sender").flatMap(Validator::identity);
    Optional<MessageId> id =
        fields.findString("messageId").filter(MessageId::isLegal).map(MessageId::new);
    if (sender.isEmpty() || id.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> type = fields.findString("messageType");
    return Optional.of(
        new Verdict.Origin(
            sender.get(),
            id.get(),
            correlation(fields, id.get()),
            type.filter(text -> text.equals("ACK") || text.equals("NACK")).isPresent()));
  }

  private static Optional<AgentIdentity> identity(JsonObject fields) {
    Optional<AgentId> id = fields.findString("agentId").filter(AgentId::isLegal).map(AgentId::new);
    Optional<AgentType> type =
        fields.findString("type").flatMap(text -> WireNamed.parse(AgentType.class, text));
    return id.isEmpty() || type.isEmpty()
        ? Optional.empty()
        : Optional.of(new AgentIdentity(id.get(), type.get()));
  }

  private static String correlation(JsonObject fields, MessageId id) {
    return fields
        .findString("correlationId")
        .filter(text -> !text.isEmpty() && text.length() <= 256)
        .orElse(id.value());
  }
}
