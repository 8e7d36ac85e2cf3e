package dev.aeon.apm.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes messages of every type, whole ones and such with up to three fields changed or gone. */
final class MessageGenerator {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String AGENT = "{\"agentId\":\"impl_001\",\"type\":\"Implementation\"}";
  private static final String OTHER = "{\"agentId\":\"b2\",\"type\":\"Manager\"}";

  /** Payloads with everything that they may have. */
  private static final List<String> PAYLOADS =
      List.of(
          "TASK_ASSIGNMENT {\"taskId\":\"t\",\"taskRef\":\"T 1\",\"taskDescription\":\"do\","
              + "\"memoryLogPath\":\"a.md\",\"executionType\":\"multi-step\",\"dependencies\":"
              + "[{\"taskId\":\"t0\",\"status\":\"completed\",\"outputs\":[\"x\"]}],\"context\":"
              + "{\"relatedFiles\":[\"a\"],\"requiresAdHoc\":true,\"estimatedDuration\":3600,\"o\":1}}",
          "TASK_UPDATE {\"taskId\":\"t\",\"progress\":0.5,\"status\":\"in_progress\","
              + "\"currentStep\":\"s\",\"notes\":\"\",\"filesModified\":[\"f\"],\"blockers\":[{"
              + "\"type\":\"d\",\"description\":\"\",\"severity\":\"high\"}],"
              + "\"estimatedCompletion\":\"2025-11-12T12:00:00.000Z\"}",
          "TASK_UPDATE {\"taskId\":\"t\",\"progress\":1,\"status\":\"completed\"}",
          "STATE_SYNC {\"entityType\":\"agent\",\"entityId\":\"e\",\"operation\":\"update\","
              + "\"state\":{\"a\":[1]},\"previousState\":{},\"syncTimestamp\":"
              + "\"2024-02-29T10:30:00Z\"}",
          "ERROR_REPORT {\"errorType\":\"TaskFailure\",\"errorCode\":\"E_TASK_003\","
              + "\"errorMessage\":\"m\",\"severity\":\"critical\",\"context\":{\"line\":42},"
              + "\"stackTrace\":\"\",\"recoverable\":true,\"suggestedAction\":\"\",\"metadata\":{}}",
          "HANDOFF_REQUEST {\"taskId\":\"t\",\"reason\":\"load_balancing\",\"sourceAgent\":"
              + AGENT
              + ",\"targetAgent\":"
              + OTHER
              + ",\"handoffContext\":{\"completedSteps\":[\"1\"]}}",
          "ACK {\"acknowledgedMessageId\":\"msg_20251112_100000_001\",\"status\":\"queued\","
              + "\"timestamp\":\"2025-11-12T10:00:00.150Z\",\"processingTime\":150,\"notes\":\"n\"}",
          "NACK {\"rejectedMessageId\":\"msg_1\",\"reason\":\"r\",\"errorCode\":\"E_VALIDATION_002\","
              + "\"timestamp\":\"2025-11-12T10:00:00+00:00\",\"canRetry\":true,"
              + "\"suggestedFix\":\"f\"}",
          "CUSTOM_ANALYSIS_2 {\"anything\":[{}]}");

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "1",
          "0.5",
          "1.0",
          "1.5",
          "-1",
          "1e10",
          "2147483648",
          "\"\"",
          "\"*\"",
          "\"x\"",
          "[]",
          "{}",
          "[null]",
          "[\"a\"]",
          "[{}]",
          "[{\"taskId\":\"\"}]",
          "\"2025-02-29T00:00:00Z\"",
          "\"2000-02-29T23:59:59.123456789Z\"",
          "\"1900-02-29T00:00:00Z\"",
          "\"2025-13-01T00:00:00Z\"",
          "\"2025-04-31T00:00:00Z\"",
          "\"2025-01-01T24:00:00Z\"",
          "\"2025-01-01T00:00:60Z\"",
          "\"2025-01-01T00:00:00\"",
          "\"2025-01-01T00:00:00.Z\"",
          "\"msg_\"",
          "\"msg_a.b\"",
          "\"msg_x\"",
          "\"a_to_b\"",
          "\"a_TO_b\"",
          "\"con\"",
          "\"COM1\"",
          "\"com10\"",
          "\"-a\"",
          "\"a-\"",
          "\"Manager\"",
          "\"AdHoc\"",
          "\"manager\"",
          "\"HIGH\"",
          "\"completed\"",
          "\"failed\"",
          "\"1.0.0\"",
          "\"1.7.12\"",
          "\"2.0.0\"",
          "\"01.0.0\"",
          "\"1.0\"",
          "\"1.0.9999999999\"",
          "\"ACK\"",
          "\"TASK_UPDATE\"",
          "\"ERROR_REPORT\"",
          "\"CUSTOM_\"",
          "\"CUSTOM_A\"",
          "\"CUSTOM_a\"",
          "\"NetworkError\"",
          "{\"agentId\":\"*\",\"type\":\"*\"}",
          "{\"agentId\":\"a\",\"type\":\"*\"}",
          "{\"agentId\":\"*\",\"type\":\"Manager\"}",
          "{\"retryCount\":1.5}",
          "{\"ttl\":0}",
          "{\"tags\":[1]}",
          "{\"retryCount\":null}");

  private final Random random;

  MessageGenerator(Random random) {
    this.random = random;
  }

  ObjectNode next() {
    ObjectNode message = whole(PAYLOADS.get(random.nextInt(PAYLOADS.size())));
    for (int change = random.nextInt(4); change > 0; change--) {
      change(message);
    }
    return message;
  }

  private ObjectNode whole(String typeAndPayload) {
    int space = typeAndPayload.indexOf(' ');
    ObjectNode message =
        (ObjectNode)
            MAPPER.readTree(
                "{\"version\":\"1.0.0\",\"messageId\":\"msg_20251112_103045_abc123\","
                    + "\"correlationId\":\"req_xyz789\",\"timestamp\":\"2025-11-12T10:30:45.123Z\","
                    + "\"sender\":"
                    + AGENT
                    + ",\"receiver\":"
                    + OTHER
                    + ",\"priority\":\"NORMAL\",\"metadata\":{\"retryCount\":0,\"ttl\":3600,"
                    + "\"tags\":[\"a\"],\"ackRequired\":true,\"epoch\":3,\"seq\":9,\"broadcastId\":\"msg_1\","
                    + "\"originalReceiver\":{},\"unknown\":1},\"unknown\":{\"a\":null}}");
    message.put("messageType", typeAndPayload.substring(0, space));
    message.set("payload", MAPPER.readTree(typeAndPayload.substring(space + 1)));
    return message;
  }

  /** Removes or replaces one value somewhere. */
  private void change(ObjectNode message) {
    List<JsonNode> parents = new ArrayList<>();
    collect(message, parents);
    JsonNode parent = parents.get(random.nextInt(parents.size()));
    JsonNode value = MAPPER.readTree(VALUES.get(random.nextInt(VALUES.size())));
    if (parent instanceof ArrayNode array) {
      array.set(random.nextInt(array.size()), value);
    } else if (parent instanceof ObjectNode object) {
      List<String> names = new ArrayList<>(object.propertyNames());
      String name = names.get(random.nextInt(names.size()));
      if (random.nextInt(4) == 0) {
        object.remove(name);
      } else {
        object.set(name, value);
      }
    }
  }

  private static void collect(JsonNode node, List<JsonNode> parents) {
    if (!node.isEmpty()) {
      parents.add(node);
    }
    node.forEach(child -> collect(child, parents));
  }
}
