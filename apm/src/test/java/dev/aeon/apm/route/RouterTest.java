package dev.aeon.apm.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.Samples;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Metadata;
import dev.aeon.apm.message.Payload;
import dev.aeon.apm.registry.AgentRecord;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose silence is a failure (resolution 9). */
class RouterTest {
  private static final List<String> SILENT = List.of("TASK_ASSIGNMENT");
  private static final List<String> ANSWERING = List.of("TASK_ASSIGNMENT", "ack:all");

  /** What is sent, what its receiver says of itself, what the message asks for, the answer. */
  static Stream<Arguments> silences() {
    Payload must = Samples.assignment("t1");
    Payload may = Samples.registration(Samples.MANAGER, "1.0.0");
    return Stream.of(
        Arguments.of(must, SILENT, null, true),
        Arguments.of(Samples.error(), SILENT, null, true),
        Arguments.of(Samples.handoff(Samples.MANAGER, Samples.WORKER), SILENT, null, true),
        Arguments.of(may, SILENT, null, false),
        Arguments.of(Samples.update("t1", 0.5), SILENT, null, false),
        Arguments.of(may, ANSWERING, null, true),
        Arguments.of(may, List.of(), null, true),
        Arguments.of(may, SILENT, true, true),
        Arguments.of(may, ANSWERING, false, false),
        Arguments.of(must, ANSWERING, false, false));
  }

  @ParameterizedTest
  @MethodSource("silences")
  void mustAnswer_byTypeCapabilitiesAndWish_isAsDecided(
      Payload payload, List<String> capabilities, @Nullable Boolean wish, boolean expected) {
    Registry registry = new Registry();
    JsonObject state = JsonObject.builder().putStrings("capabilities", capabilities).build();
    AgentRecord record = registry.described(Samples.WORKER, state);
    assertThat(registry.register(record)).isTrue();
    Metadata metadata =
        wish == null ? Metadata.EMPTY : Metadata.builder().ackRequired(wish).build();
    Message message =
        Message.builder()
            .sender(Samples.MANAGER)
            .receiver(Samples.WORKER)
            .correlationId("c")
            .metadata(metadata)
            .payload(payload)
            .build();
    assertThat(new Router(registry).mustAnswer(Samples.routed(message))).isEqualTo(expected);
  }
}
