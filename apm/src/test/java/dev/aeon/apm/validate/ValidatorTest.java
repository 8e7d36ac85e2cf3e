package dev.aeon.apm.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.aeon.apm.Samples;
import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.message.Ack;
import dev.aeon.apm.message.AckStatus;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Nack;
import dev.aeon.apm.message.Payload;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.Violation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Which messages are valid, and what is said of those that are not. */
class ValidatorTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  static Stream<Message> everyType() {
    return Stream.of(
            Samples.assignment("t1"),
            Samples.update("t1", 0.5),
            Samples.registration(Samples.MANAGER, "1.0.0"),
            Samples.error(),
            Samples.handoff(Samples.MANAGER, Samples.WORKER),
            Ack.builder()
                .acknowledgedMessageId(Samples.message("t").messageId())
                .status(AckStatus.QUEUED)
                .timestamp(Samples.TIME)
                .build(),
            Nack.builder()
                .rejectedMessageId(Samples.message("t").messageId())
                .reason("no")
                .timestamp(Samples.TIME)
                .build())
        .map(ValidatorTest::message);
  }

  private static Message message(Payload payload) {
    return Message.builder()
        .sender(Samples.MANAGER)
        .receiver(Samples.WORKER)
        .correlationId("req_1")
        .payload(payload)
        .build();
  }

  @ParameterizedTest
  @MethodSource("everyType")
  void validate_everyType_isValid(Message message) {
    Verdict verdict = Validator.validate(JsonCodec.encode(message));
    assertThat(verdict).isInstanceOf(Verdict.Valid.class);
    assertThat(((Verdict.Valid) verdict).message().message()).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("everyType")
  void validate_eachFieldOfAnotherTypeOrRemoved_neverThrows(Message message) {
    ObjectNode tree = message.toJson().copyNode();
    for (String path : pathsOf(tree, "")) {
      for (String value :
          List.of("null", "7", "-1e999999999", "\"\"", "\"*\"", "[]", "{}", "true")) {
        Verdict _ = validate(with(tree, path, value));
      }
      Verdict _ = validate(with(tree, path, null));
    }
  }

  /** One change to a valid TASK_UPDATE, and the code and path it must be reported with. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "/version, , E_VALIDATION_001, version",
        "/version, '\"2.0.0\"', E_PROTOCOL_001, version",
        "/version, '\"0.9.0\"', E_PROTOCOL_001, version",
        "/version, '\"1.0\"', E_VALIDATION_004, version",
        "/version, '1', E_VALIDATION_002, version",
        "/messageId, '\"001\"', E_VALIDATION_006, messageId",
        "/messageId, '\"msg_../../etc\"', E_VALIDATION_006, messageId",
        "/timestamp, '\"2025-11-12T10:00:00+02:00\"', E_VALIDATION_007, timestamp",
        "/timestamp, '\"2025-02-30T10:00:00Z\"', E_VALIDATION_007, timestamp",
        "/timestamp, '\"2025-11-12T10:00:00.1234567890Z\"', E_VALIDATION_007, timestamp",
        "/sender, , E_VALIDATION_001, sender",
        "/sender, '[]', E_VALIDATION_002, sender",
        "/sender/agentId, '\"*\"', E_VALIDATION_008, sender.agentId",
        "/sender/agentId, '\"../../etc\"', E_VALIDATION_008, sender.agentId",
        "/sender/agentId, '\"a_to_b\"', E_VALIDATION_008, sender.agentId",
        "/sender/agentId, '\"NUL\"', E_VALIDATION_008, sender.agentId",
        "/sender/type, '\"*\"', E_VALIDATION_008, sender.type",
        "/sender/type, '\"Robot\"', E_VALIDATION_003, sender.type",
        "/receiver/type, '\"*\"', E_ROUTING_002, receiver.type",
        "/receiver/agentId, '\"a/b\"', E_VALIDATION_008, receiver.agentId",
        "/messageType, '\"CUSTOM_x\"', E_VALIDATION_003, messageType",
        "/messageType, '\"task_update\"', E_VALIDATION_003, messageType",
        "/priority, '\"URGENT\"', E_VALIDATION_003, priority",
        "/priority, 'null', E_VALIDATION_002, priority",
        "/correlationId, , E_PROTOCOL_003, correlationId",
        "/correlationId, '\"\"', E_PROTOCOL_003, correlationId",
        "/correlationId, '7', E_VALIDATION_002, correlationId",
        "/payload, , E_VALIDATION_001, payload",
        "/payload, 'null', E_VALIDATION_002, payload",
        "/payload, '[]', E_VALIDATION_002, payload",
        "/payload/taskId, '\"\"', E_VALIDATION_004, payload.taskId",
        "/payload/progress, '1.01', E_VALIDATION_004, payload.progress",
        "/payload/progress, '-0.01', E_VALIDATION_004, payload.progress",
        "/payload/progress, '\"half\"', E_VALIDATION_002, payload.progress",
        "/payload/status, '\"completed\"', E_VALIDATION_009, payload.progress",
        "/payload/blockers, '[{},{\"severity\":1}]', E_VALIDATION_002, payload.blockers[1].severity",
        "/payload/filesModified, '[\"a\",2]', E_VALIDATION_002, payload.filesModified[1]",
        "/metadata, '{\"ttl\":0}', E_VALIDATION_004, metadata.ttl",
        "/metadata, '{\"ttl\":1.5}', E_VALIDATION_004, metadata.ttl",
        "/metadata, '{\"tags\":{}}', E_VALIDATION_002, metadata.tags"
      })
  void validate_oneFault_isNamedWithCodeAndPath(
      String pointer, String value, ErrorCode code, String path) {
    ObjectNode tree = message(Samples.update("t1", 0.5)).toJson().copyNode();
    Verdict.Invalid invalid = (Verdict.Invalid) validate(with(tree, pointer, value));
    assertThat(invalid.violations())
        .extracting(Violation::code, Violation::path)
        .containsExactly(tuple(code, path));
  }

  @Test
  void validate_manyFaults_areAllListedInTheCatalogsOrder() {
    ObjectNode tree = message(Samples.update("t1", 0.5)).toJson().copyNode();
    tree = with(tree, "/payload/progress", "2");
    tree = with(tree, "/payload/status", "\"lost\"");
    tree = with(tree, "/payload/taskId", null);
    tree = with(tree, "/priority", "3");
    tree = with(tree, "/correlationId", null);
    tree = with(tree, "/timestamp", "\"now\"");
    tree = with(tree, "/messageId", "\"001\"");
    tree = with(tree, "/sender/agentId", "\"a/b\"");
    tree = with(tree, "/receiver/type", "\"*\"");
    Verdict.Invalid invalid = (Verdict.Invalid) validate(tree);
    assertThat(invalid.violations())
        .extracting(Violation::code)
        .containsExactly(
            ErrorCode.E_VALIDATION_001,
            ErrorCode.E_VALIDATION_002,
            ErrorCode.E_VALIDATION_003,
            ErrorCode.E_VALIDATION_004,
            ErrorCode.E_VALIDATION_006,
            ErrorCode.E_VALIDATION_007,
            ErrorCode.E_VALIDATION_008,
            ErrorCode.E_PROTOCOL_003,
            ErrorCode.E_ROUTING_002);
    assertThat(invalid.code()).isEqualTo(ErrorCode.E_VALIDATION_001);
    assertThat(invalid.origin()).as("nobody could be answered").isEmpty();
  }

  @Test
  void validate_handoffFromAnotherThanTheSender_isAContradiction() {
    ObjectNode tree = message(Samples.handoff(Samples.MANAGER, Samples.WORKER)).toJson().copyNode();
    tree = with(tree, "/payload/sourceAgent/agentId", "\"impl_002\"");
    Verdict.Invalid invalid = (Verdict.Invalid) validate(tree);
    assertThat(invalid.violations()).hasSize(1);
    assertThat(invalid.code()).isEqualTo(ErrorCode.E_VALIDATION_009);
  }

  @Test
  void validate_handoffToAnotherThanTheReceiver_isAContradictionUnlessAManagerGetsIt() {
    ObjectNode tree = message(Samples.handoff(Samples.MANAGER, Samples.WORKER)).toJson().copyNode();
    ObjectNode elsewhere = with(tree, "/payload/targetAgent/agentId", "\"impl_002\"");
    Verdict.Invalid invalid = (Verdict.Invalid) validate(elsewhere);
    assertThat(invalid.violations())
        .extracting(Violation::code, Violation::path)
        .containsExactly(tuple(ErrorCode.E_VALIDATION_009, "payload.targetAgent"));
    ObjectNode toManager =
        with(elsewhere, "/receiver", "{\"agentId\":\"manager_002\",\"type\":\"Manager\"}");
    assertThat(validate(toManager)).isInstanceOf(Verdict.Valid.class);
  }

  @Test
  void validate_newerMinor_takesUnknownErrorTypeButNotUnknownMessageType() {
    ObjectNode tree = message(Samples.error()).toJson().copyNode();
    ObjectNode unknown = with(tree, "/payload/errorType", "\"NetworkError\"");
    assertThat(((Verdict.Invalid) validate(unknown)).code()).isEqualTo(ErrorCode.E_VALIDATION_003);
    ObjectNode newer = with(unknown, "/version", "\"1.7.0\"");
    assertThat(validate(newer)).isInstanceOf(Verdict.Valid.class);
    Verdict.Invalid type =
        (Verdict.Invalid) validate(with(newer, "/messageType", "\"DIAGNOSTIC_REQUEST\""));
    assertThat(type.code()).isEqualTo(ErrorCode.E_PROTOCOL_006);
  }

  @Test
  void validate_unknownFieldsAnywhere_areKeptOnTheWayOut() {
    ObjectNode tree = message(Samples.update("t1", 0.5)).toJson().copyNode();
    for (String pointer : List.of("/x", "/sender/x", "/receiver/x", "/payload/x", "/metadata")) {
      tree = with(tree, pointer, "{\"deep\":[1,null,{\"y\":0.10}]}");
    }
    Verdict.Valid valid = (Verdict.Valid) validate(tree);
    byte[] out = JsonCodec.encode(valid.message().message());
    assertThat(MAPPER.readTree(out)).isEqualTo(MAPPER.readTree(tree.toString()));
  }

  @Test
  void validate_optionalFieldIsNull_countsAsAbsent() {
    ObjectNode tree = message(Samples.error()).toJson().copyNode();
    Verdict verdict = validate(with(with(tree, "/correlationId", "null"), "/metadata", "null"));
    Message message = ((Verdict.Valid) verdict).message().message();
    assertThat(message.envelope().correlationId()).isEmpty();
    assertThat(message.correlation()).isEqualTo(message.messageId().value());
  }

  @Test
  void validate_malformedLine_hasNoOrigin() {
    Verdict.Invalid invalid =
        (Verdict.Invalid) Validator.validate("{".getBytes(StandardCharsets.UTF_8));
    assertThat(invalid.code()).isEqualTo(ErrorCode.E_PROTOCOL_002);
    assertThat(invalid.origin()).isEmpty();
  }

  private static Verdict validate(ObjectNode tree) {
    return Validator.validate(tree.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode with(ObjectNode tree, String pointer, String value) {
    ObjectNode copy = tree.deepCopy();
    int slash = pointer.lastIndexOf('/');
    ObjectNode parent = (ObjectNode) copy.at(pointer.substring(0, slash));
    String name = pointer.substring(slash + 1);
    if (value == null) {
      parent.remove(name);
    } else {
      parent.set(name, MAPPER.readTree(value));
    }
    return copy;
  }

  private static List<String> pathsOf(JsonNode node, String prefix) {
    return node.properties().stream()
        .flatMap(field ->
            Stream.concat(
                Stream.of(prefix + "/" + field.getKey()),
                pathsOf(field.getValue(), prefix + "/" + field.getKey()).stream()))
        .toList();
  }
}
