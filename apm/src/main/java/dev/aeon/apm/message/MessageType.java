package dev.aeon.apm.message;

import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Violations;
import dev.aeon.apm.schema.WireNamed;
import java.util.function.Function;

/** The seven types of section 2.1. */
@SuppressWarnings("ImmutableEnumChecker") // the functions are stateless
public enum MessageType implements WireNamed {
  TASK_ASSIGNMENT(TaskAssignment.RULES, TaskAssignment::new, true),
  TASK_UPDATE(TaskUpdate.RULES, TaskUpdate::new, true),
  STATE_SYNC(StateSync.RULES, StateSync::new, false),
  ERROR_REPORT(ErrorReport.RULES, ErrorReport::new, false),
  HANDOFF_REQUEST(HandoffRequest.RULES, HandoffRequest::new, true),
  ACK(Ack.RULES, Ack::new, true),
  NACK(Nack.RULES, Nack::new, true);

  private final PayloadRules rules;
  private final Function<JsonObject, Payload> constructor;
  private final boolean correlated;

  MessageType(PayloadRules rules, Function<JsonObject, Payload> constructor, boolean correlated) {
    this.rules = rules;
    this.constructor = constructor;
    this.correlated = correlated;
  }

  @Override
  public String wireName() {
    return name();
  }

  /** Whether a message of this type needs a correlation id. */
  public boolean isCorrelated() {
    return correlated;
  }

  /** Whether a message of this type is answered with an ACK or NACK: all but those two. */
  public boolean isAcknowledged() {
    return this != ACK && this != NACK;
  }

  void check(JsonObject payload, Violations violations) {
    rules.check(payload, violations);
  }

  Payload payload(JsonObject fields) {
    return constructor.apply(fields);
  }
}
