package dev.aeon.apm.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.aeon.apm.Samples;
import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.Violation;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** A message that exists is valid: what is wrong is told before it does. */
class MessageBuilderTest {
  @Test
  void build_nothingSet_listsEveryMissingField() {
    assertRefused(
        Message.builder(),
        tuple("sender", ErrorCode.E_VALIDATION_001),
        tuple("receiver", ErrorCode.E_VALIDATION_001),
        tuple("messageType", ErrorCode.E_VALIDATION_001),
        tuple("payload", ErrorCode.E_VALIDATION_001));
  }

  @Test
  void build_assignmentWithoutCorrelation_isRefused() {
    assertRefused(
        Message.builder()
            .sender(Samples.MANAGER)
            .receiver(Samples.WORKER)
            .payload(Samples.assignment("t1")),
        tuple("correlationId", ErrorCode.E_PROTOCOL_003));
  }

  @Test
  void build_handoffOfAnothersTask_isRefused() {
    assertRefused(
        Message.builder()
            .sender(Samples.OTHER)
            .receiver(Samples.MANAGER)
            .correlationId("c")
            .payload(Samples.handoff(Samples.WORKER, Samples.OTHER)),
        tuple("payload.sourceAgent", ErrorCode.E_VALIDATION_009));
  }

  @Test
  void build_changedForTheWorse_isRefused() {
    MessageBuilder builder = Samples.message("t1").toBuilder().correlationId("");
    assertRefused(builder, tuple("correlationId", ErrorCode.E_PROTOCOL_003));
    MessageBuilder other = Samples.message("t1").toBuilder().version(new ProtocolVersion(2, 0, 0));
    assertRefused(other, tuple("version", ErrorCode.E_PROTOCOL_001));
  }

  @Test
  void build_longerThanAMessageMayBe_isRefused() {
    Message message = Samples.message("t1");
    int spare = JsonCodec.MAX_BYTE_SIZE - JsonCodec.encode(padded(message, "")).length;
    assertThat(JsonCodec.encode(padded(message, "x".repeat(spare))))
        .hasSize(JsonCodec.MAX_BYTE_SIZE);
    assertThatThrownBy(() -> padded(message, "x".repeat(spare + 1)))
        .isInstanceOfSatisfying(
            InvalidMessageException.class,
            e ->
                assertThat(e.violations())
                    .singleElement()
                    .extracting(Violation::code)
                    .isEqualTo(ErrorCode.E_VALIDATION_005));
  }

  private static Message padded(Message message, String text) {
    return message.toBuilder().metadata(Metadata.builder().put("pad", text).build()).build();
  }

  private static void assertRefused(MessageBuilder builder, Tuple... expected) {
    assertThatThrownBy(builder::build)
        .isInstanceOfSatisfying(
            InvalidMessageException.class,
            e ->
                assertThat(e.violations())
                    .extracting(Violation::path, Violation::code)
                    .containsExactly(expected));
  }
}
