package dev.aeon.apm.message;

import static dev.aeon.apm.schema.ErrorCode.E_PROTOCOL_001;
import static dev.aeon.apm.schema.ErrorCode.E_PROTOCOL_003;
import static dev.aeon.apm.schema.ErrorCode.E_PROTOCOL_006;
import static dev.aeon.apm.schema.ErrorCode.E_VALIDATION_003;
import static dev.aeon.apm.schema.ErrorCode.E_VALIDATION_004;
import static dev.aeon.apm.schema.ErrorCode.E_VALIDATION_006;
import static dev.aeon.apm.schema.ErrorCode.E_VALIDATION_009;

import dev.aeon.apm.schema.FieldRules;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Schema;
import dev.aeon.apm.schema.Violations;
import java.util.Optional;

/** The rules for whole messages: the envelope's fields, and what envelope and payload share. */
final class MessageRules {
  private static final int MAX_CORRELATION_LENGTH = 256;
  private static final String OURS = ProtocolVersion.CURRENT.toString();

  private static final Schema ENVELOPE =
      Schema.empty()
          .required(
              "version",
              FieldRules.ascii(E_VALIDATION_004, "MAJOR.MINOR.PATCH", ProtocolVersion::isLegal))
          .required(
              "messageId", FieldRules.ascii(E_VALIDATION_006, "a message id", MessageId::isLegal))
          .required("timestamp", FieldRules.timestamp())
          .required("sender", FieldRules.object(AgentIdentity.SCHEMA))
          .required("receiver", FieldRules.object(new ReceiverRules()))
          .required("messageType", FieldRules.string())
          .required("priority", FieldRules.oneOf(Priority.class))
          .required("payload", FieldRules.object())
          .optional("correlationId", FieldRules.text(E_PROTOCOL_003, MAX_CORRELATION_LENGTH))
          .optional("metadata", FieldRules.object(Metadata.SCHEMA));

  private MessageRules() {}

  /** Everything that is wrong with {@code message}; of another major version, only that it is. */
  static Violations check(JsonObject message) {
    Optional<ProtocolVersion> version = versionOf(message);
    Violations violations =
        new Violations(version.filter(ProtocolVersion::isNewerMinor).isPresent());
    if (version.isPresent() && !version.get().isSupported()) {
      violations.add(
          E_PROTOCOL_001,
          "version",
          "another major version: version=" + version.get() + " ours=" + ProtocolVersion.CURRENT);
    } else {
      message.check(ENVELOPE, violations);
      message.findString("messageType").ifPresent(type -> checkType(type, message, violations));
    }
    return violations;
  }

  private static Optional<ProtocolVersion> versionOf(JsonObject message) {
    return message.says("version", OURS)
        ? Optional.of(ProtocolVersion.CURRENT)
        : message.findString("version").flatMap(ProtocolVersion::parse);
  }

  private static void checkType(String text, JsonObject message, Violations violations) {
    Optional<MessageType> type = MessageType.parse(text);
    if (type.isEmpty()) {
      String shown = text.length() <= 64 ? text : text.substring(0, 64) + "…";
      violations.add(
          violations.isNewerMinor() ? E_PROTOCOL_006 : E_VALIDATION_003,
          "messageType",
          "not a known message type: value=" + shown);
      return;
    }
    if (type.get().isCorrelated() && !message.has("correlationId")) {
      violations.add(
          E_PROTOCOL_003, "correlationId", "missing, and required for messageType=" + text);
    }
    message
        .findObject("payload")
        .ifPresent(payload -> checkPayload(type.get(), message, payload, violations));
  }

  private static void checkPayload(
      MessageType type, JsonObject message, JsonObject payload, Violations violations) {
    violations.enter("payload");
    payload.check(type.rules(), violations);
    if (type == MessageType.HANDOFF_REQUEST) {
      checkHandoff(message, payload, violations);
    }
    violations.leave();
  }

  private static void checkHandoff(JsonObject message, JsonObject payload, Violations violations) {
    Optional<String> source = agentId(payload, "sourceAgent");
    if (source.isPresent() && !source.equals(agentId(message, "sender"))) {
      violations.add(
          E_VALIDATION_009, "sourceAgent", "must be the sender: sourceAgent=" + source.get());
    }
    Optional<String> target = agentId(payload, "targetAgent");
    boolean toManager =
        message
            .findObject("receiver")
            .filter(receiver -> receiver.says("type", AgentType.MANAGER.wireName()))
            .isPresent();
    if (!toManager && target.isPresent() && !target.equals(agentId(message, "receiver"))) {
      violations.add(
          E_VALIDATION_009,
          "targetAgent",
          "must be the receiver, unless a Manager is: targetAgent=" + target.get());
    }
  }

  private static Optional<String> agentId(JsonObject fields, String name) {
    return fields.findObject(name).flatMap(agent -> agent.findString("agentId"));
  }
}
