package dev.aeon.apm.cli;

import dev.aeon.apm.message.AckStatus;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.JsonObjectBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What came of a message that was waited for. */
record Answered(MessageId messageId, Map<AgentId, AckStatus> receipts, Optional<Message> reply) {
  JsonObject toJson() {
    JsonObjectBuilder answer =
        JsonObject.builder()
            .put("messageId", messageId.value())
            .putObjects(
                "receipts",
                receipts.entrySet().stream()
                    .map(receipt ->
                        JsonObject.builder()
                            .put("agentId", receipt.getKey().value())
                            .put("status", receipt.getValue())
                            .build())
                    .toList());
    reply.ifPresent(back -> answer.put("reply", back.toJson()));
    return answer.build();
  }

  String lines() {
    String by =
        receipts.entrySet().stream()
            .map(receipt -> receipt.getKey() + ":" + receipt.getValue().wireName())
            .collect(Collectors.joining(" "));
    String back =
        reply.map(each -> "\n" + each.envelope().typeName() + " " + Summary.of(each)).orElse("");
    return "acknowledged " + messageId + " by=[" + by + "]" + back;
  }
}
