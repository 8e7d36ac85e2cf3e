package dev.aeon.apm.message;

import static dev.aeon.apm.schema.ErrorCode.E_PROTOCOL_001;
import static dev.aeon.apm.schema.ErrorCode.E_PROTOCOL_003;
import static dev.aeon.apm.schema.ErrorCode.E_PROTOCOL_006;
import static dev.aeon.apm.schema.ErrorCode.E_VALIDATION_001;
import static dev.aeon.apm.schema.ErrorCode.E_VALIDATION_002;
import static dev.aeon.apm.schema.ErrorCode.E_VALIDATION_003;
import static dev.aeon.apm.schema.ErrorCode.E_VALIDATION_004;
import static dev.aeon.apm.schema.ErrorCode.E_VALIDATION_006;
import static dev.aeon.apm.schema.ErrorCode.E_VALIDATION_009;

import dev.aeon.apm.schema.FieldRules;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Schema;
import dev.aeon.apm.schema.Violations;
import dev.aeon.apm.schema.WireNamed;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules for whole messages: the envelope's fields, and what envelope and payload share. */
final class MessageRules {
  private static final Pattern CUSTOM = Pattern.compile("CUSTOM_[A-Z0-9_]{1,57}");

  private static final Schema ENVELOPE =
      Schema.empty()
          .required(
              "version",
              FieldRules.text(
                  E_VALIDATION_004, "MAJOR.MINOR.PATCH", v -> ProtocolVersion.parse(v).isPresent()))
          .required(
              "messageId", FieldRules.text(E_VALIDATION_006, "a message id", MessageId::isLegal))
          .required("timestamp", FieldRules.timestamp())
          .required("sender", FieldRules.object(AgentIdentity.SCHEMA))
          .required("receiver", FieldRules.object())
          .required("messageType", FieldRules.string())
          .required("priority", FieldRules.oneOf(Priority.class))
          .optional(
              "correlationId",
              FieldRules.text(
                  E_PROTOCOL_003, "1 to 256 characters", id -> !id.isEmpty() && id.length() <= 256))
          .optional("metadata", FieldRules.object(Metadata.SCHEMA));

  private MessageRules() {}

  static boolean isNewerMinor(JsonObject message) {
    return version(message).filter(ProtocolVersion::isNewerMinor).isPresent();
  }

  /** Everything that is wrong with {@code message}; of another major version, only that it is. */
  static void check(JsonObject message, Violations violations) {
    if (checkVersion(message, violations)) {
      checkEnvelope(message, violations);
      checkPayload(message, violations);
    }
  }

  static void checkEnvelope(JsonObject fields, Violations violations) {
    if (!checkVersion(fields, violations)) {
      return;
    }
    ENVELOPE.check(fields, "", violations);
    fields
        .findObject("receiver")
        .ifPresent(receiver -> Receiver.check(receiver, "receiver", violations));
    fields.findString("messageType").ifPresent(type -> checkType(type, fields, violations));
  }

  /** Checks what a payload must have in common with its envelope. */
  static void checkTogether(JsonObject envelope, JsonObject payload, Violations violations) {
    Optional<String> source = agentId(payload, "sourceAgent");
    boolean handoff = type(envelope).filter(MessageType.HANDOFF_REQUEST::equals).isPresent();
    if (handoff && source.isPresent() && !source.equals(agentId(envelope, "sender"))) {
      violations.add(
          E_VALIDATION_009,
          "payload.sourceAgent",
          "must be the sender: sourceAgent=" + source.get());
    }
    if (handoff) {
      checkHandoffReceiver(envelope, payload, violations);
    }
  }

  private static void checkHandoffReceiver(
      JsonObject envelope, JsonObject payload, Violations violations) {
    Optional<String> target = agentId(payload, "targetAgent");
    boolean toManager =
        envelope
            .findObject("receiver")
            .flatMap(receiver -> receiver.findString("type"))
            .filter(AgentType.MANAGER.wireName()::equals)
            .isPresent();
    if (!toManager && target.isPresent() && !target.equals(agentId(envelope, "receiver"))) {
      violations.add(
          E_VALIDATION_009,
          "payload.targetAgent",
          "must be the receiver, unless a Manager is: targetAgent=" + target.get());
    }
  }

  private static boolean checkVersion(JsonObject message, Violations violations) {
    Optional<ProtocolVersion> version = version(message);
    if (version.isPresent() && !version.get().isSupported()) {
      violations.add(
          E_PROTOCOL_001,
          "version",
          "another major version: version=" + version.get() + " ours=" + ProtocolVersion.CURRENT);
      return false;
    }
    return true;
  }

  private static void checkType(String text, JsonObject fields, Violations violations) {
    Optional<MessageType> type = WireNamed.parse(MessageType.class, text);
    if (type.isEmpty()) {
      boolean unsupported = violations.isNewerMinor() || CUSTOM.matcher(text).matches();
      String shown = text.length() <= 64 ? text : text.substring(0, 64) + "…";
      violations.add(
          unsupported ? E_PROTOCOL_006 : E_VALIDATION_003,
          "messageType",
          "not a known message type: value=" + shown);
    } else if (type.get().isCorrelated() && !fields.has("correlationId")) {
      violations.add(
          E_PROTOCOL_003, "correlationId", "missing, and required for messageType=" + text);
    }
  }

  private static void checkPayload(JsonObject message, Violations violations) {
    Optional<JsonObject> payload = message.findObject("payload");
    if (payload.isEmpty()) {
      boolean absent = !message.names().contains("payload");
      violations.add(
          absent ? E_VALIDATION_001 : E_VALIDATION_002,
          "payload",
          absent ? "missing" : "wrong type: expected=object");
      return;
    }
    type(message).ifPresent(type -> type.check(payload.get(), violations));
    checkTogether(message, payload.get(), violations);
  }

  private static Optional<ProtocolVersion> version(JsonObject message) {
    return message.findString("version").flatMap(ProtocolVersion::parse);
  }

  private static Optional<MessageType> type(JsonObject message) {
    return message
        .findString("messageType")
        .flatMap(text -> WireNamed.parse(MessageType.class, text));
  }

  private static Optional<String> agentId(JsonObject fields, String name) {
    return fields.findObject(name).flatMap(agent -> agent.findString("agentId"));
  }
}
