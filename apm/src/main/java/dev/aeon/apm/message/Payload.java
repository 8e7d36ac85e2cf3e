package dev.aeon.apm.message;

import dev.aeon.apm.schema.JsonObject;

/**
 * What a message says: a checked, typed view of its JSON object, which keeps the fields it does not
 * know. Every payload that exists keeps to its type's schema (section 2).
 */
public sealed interface Payload
    permits TaskAssignment, TaskUpdate, StateSync, ErrorReport, HandoffRequest, Ack, Nack, Custom {
  /** All fields, known and unknown. */
  JsonObject fields();

  MessageType type();

  /** The type as the envelope names it. */
  default String typeName() {
    return type().wireName();
  }
}
