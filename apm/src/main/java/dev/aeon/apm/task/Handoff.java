package dev.aeon.apm.task;

import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.HandoffRequest;
import dev.aeon.apm.schema.JsonObject;

/**
 * What an agent left for the next one to go on with a task.
 *
 * @param context as it goes into the next assignment: the request's, with who left it and why
 * @param messageId the request's; empty where it never arrived
 */
record Handoff(JsonObject context, String messageId) {
  /** Where it is in an assignment's context, and in a report's metadata. */
  static final String FIELD = "handoff";

  static JsonObject contextOf(HandoffRequest request, AgentIdentity from) {
    return request.handoffContext().toBuilder()
        .put("from", from.agentId().value())
        .put("reason", request.reason())
        .build();
  }

  boolean isBy(String otherMessageId) {
    return messageId.equals(otherMessageId);
  }
}
