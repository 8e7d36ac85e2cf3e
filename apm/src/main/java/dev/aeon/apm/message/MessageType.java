package dev.aeon.apm.message;

import dev.aeon.apm.schema.FieldRule;
import dev.aeon.apm.schema.FieldRules;
import dev.aeon.apm.schema.JsonObject;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The seven types of section 2.1, and one that stands for all custom types (section 8.3). */
@SuppressWarnings("ImmutableEnumChecker") // the functions are stateless
public enum MessageType {
  TASK_ASSIGNMENT(TaskAssignment.RULES, TaskAssignment::new, true),
  TASK_UPDATE(TaskUpdate.RULES, TaskUpdate::new, true),
  STATE_SYNC(StateSync.RULES, StateSync::new, false),
  ERROR_REPORT(ErrorReport.RULES, ErrorReport::new, false),
  HANDOFF_REQUEST(HandoffRequest.RULES, HandoffRequest::new, true),
  ACK(Ack.RULES, Ack::new, true),
  NACK(Nack.RULES, Nack::new, true),
  /** Any {@code CUSTOM_…} type; which one, its payload says. */
  CUSTOM(Custom::new);

  private final FieldRule rules;
  private final BiFunction<String, JsonObject, Payload> constructor;
  private final boolean correlated;

  MessageType(FieldRule rules, Function<JsonObject, Payload> constructor, boolean correlated) {
    this.rules = rules;
    this.constructor = (_, fields) -> constructor.apply(fields);
    this.correlated = correlated;
  }

  MessageType(BiFunction<String, JsonObject, Payload> constructor) {
    this.rules = FieldRules.object();
    this.constructor = constructor;
    this.correlated = false;
  }

  /** The type that an envelope names. */
  public static Optional<MessageType> parse(String text) {
    return switch (text) {
      case "TASK_ASSIGNMENT" -> Optional.of(TASK_ASSIGNMENT);
      case "TASK_UPDATE" -> Optional.of(TASK_UPDATE);
      case "STATE_SYNC" -> Optional.of(STATE_SYNC);
      case "ERROR_REPORT" -> Optional.of(ERROR_REPORT);
      case "HANDOFF_REQUEST" -> Optional.of(HANDOFF_REQUEST);
      case "ACK" -> Optional.of(ACK);
      case "NACK" -> Optional.of(NACK);
      default -> Custom.isLegalName(text) ? Optional.of(CUSTOM) : Optional.empty();
    };
  }

  /** The name in envelopes; for {@link #CUSTOM}, what such names begin with. */
  public String wireName() {
    return this == CUSTOM ? "CUSTOM_" : name();
  }

  /** Whether a message of this type needs a correlation id. */
  public boolean isCorrelated() {
    return correlated;
  }

  /** Whether a message of this type is answered with an ACK or NACK: all but those two. */
  public boolean isAcknowledged() {
    return this != ACK && this != NACK;
  }

  /** Whether a message of this type asks for more than an acknowledgement. */
  public boolean isRequest() {
    return this == TASK_ASSIGNMENT || this == HANDOFF_REQUEST || this == CUSTOM;
  }

  FieldRule rules() {
    return rules;
  }

  Payload payload(String typeName, JsonObject fields) {
    return constructor.apply(typeName, fields);
  }
}
