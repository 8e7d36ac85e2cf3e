package dev.aeon.apm.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.Samples;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Violation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Payloads say what they were given, and cannot be built wrong. */
class PayloadTest {
  @Test
  void builder_nothingSet_listsEveryMissingField() {
    assertThatThrownBy(() -> TaskAssignment.builder().build())
        .isInstanceOfSatisfying(
            InvalidMessageException.class,
            e ->
                assertThat(e.violations())
                    .allMatch(violation -> violation.code() == ErrorCode.E_VALIDATION_001)
                    .extracting(Violation::path)
                    .containsExactly(
                        "payload.taskId",
                        "payload.taskRef",
                        "payload.taskDescription",
                        "payload.memoryLogPath",
                        "payload.executionType"));
  }

  @Test
  void builder_completedBelowOne_isRefused() {
    TaskUpdate.Builder builder =
        TaskUpdate.builder().taskId("t").status(TaskStatus.COMPLETED).progress(0.99);
    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageContaining("E_VALIDATION_009");
    assertThat(builder.progress(1).build().progress()).isEqualTo(1.0);
  }

  @Test
  void builder_progressIsNotANumber_isRefused() {
    assertThatThrownBy(() -> TaskUpdate.builder().progress(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void builder_handoffToItself_isRefused() {
    assertThatThrownBy(() -> Samples.handoff(Samples.WORKER, Samples.WORKER))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageContaining("E_VALIDATION_009");
  }

  @Test
  void constructor_wrongFields_isRefusedToo() {
    assertThatThrownBy(() -> new Ack(JsonObject.empty()))
        .isInstanceOf(InvalidMessageException.class);
  }

  @Test
  void taskAssignment_optionalParts_areRead() {
    JsonObject dependency =
        JsonObject.builder().put("taskId", "t0").putStrings("outputs", List.of("a.json")).build();
    TaskAssignment assignment =
        TaskAssignment.builder()
            .taskId("t1")
            .taskRef("r")
            .taskDescription("d")
            .memoryLogPath("p")
            .executionType(ExecutionType.MULTI_STEP)
            .dependencies(List.of(dependency))
            .context(JsonObject.builder().put("estimatedDuration", 3600).build())
            .build();
    assertThat(assignment.executionType()).isEqualTo(ExecutionType.MULTI_STEP);
    assertThat(assignment.dependencies()).containsExactly(dependency);
    assertThat(assignment.estimatedDuration()).contains(Duration.ofHours(1));
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void nack_withoutCanRetry_followsTheCatalog(ErrorCode code) {
    Nack nack =
        Nack.builder()
            .rejectedMessageId(Samples.message("t").messageId())
            .reason("no")
            .errorCode(code)
            .timestamp(Samples.TIME)
            .build();
    assertThat(nack.canRetry()).isEqualTo(code.isRecoverable());
  }

  @Test
  void nack_versionAlias_isReadAsProtocolError() {
    JsonObject fields =
        Nack.builder()
            .rejectedMessageId(Samples.message("t").messageId())
            .reason("no")
            .timestamp(Samples.TIME)
            .build()
            .fields();
    Nack nack = new Nack(fields.toBuilder().put("errorCode", "E_VERSION_001").build());
    assertThat(nack.errorCode()).contains(ErrorCode.E_PROTOCOL_001);
    assertThat(nack.canRetry()).isFalse();
  }

  @Test
  void custom_typeName_hasTheSpecifiedForm() {
    assertThat(Custom.isLegalName("CUSTOM_ANALYSIS_REQUEST")).isTrue();
    assertThat(Custom.isLegalName("CUSTOM_" + "A".repeat(57))).isTrue();
    for (String wrong : List.of("CUSTOM_", "CUSTOM_a", "CUSTOMX", "CUSTOM_" + "A".repeat(58))) {
      assertThatThrownBy(() -> new Custom(wrong, JsonObject.empty()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void custom_message_isReadAsItsType() {
    Custom custom = new Custom("CUSTOM_PING", JsonObject.builder().put("n", 1).build());
    Message message =
        Message.builder().sender(Samples.MANAGER).receiver(Samples.WORKER).payload(custom).build();
    assertThat(message.type()).isEqualTo(MessageType.CUSTOM);
    assertThat(Message.of(message.toJson()).payload()).isEqualTo(custom);
  }
}
