package dev.aeon.apm.task;

import static dev.aeon.apm.Samples.MANAGER;
import static dev.aeon.apm.Samples.OTHER;
import static dev.aeon.apm.Samples.WORKER;
import static dev.aeon.apm.schema.ErrorCode.E_PROTOCOL_006;
import static dev.aeon.apm.schema.ErrorCode.E_ROUTING_002;
import static dev.aeon.apm.schema.ErrorCode.E_TASK_001;
import static dev.aeon.apm.schema.ErrorCode.E_VALIDATION_009;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.aeon.apm.AgentBus;
import dev.aeon.apm.BusOptions;
import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.sp.SpChannels;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.Custom;
import dev.aeon.apm.message.EntityType;
import dev.aeon.apm.message.Payload;
import dev.aeon.apm.message.StateOperation;
import dev.aeon.apm.message.StateSync;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Schema;
import dev.aeon.apm.track.DeliveryException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Both runtimes take what section 2.1 lets them be sent, and refuse the rest. */
@Timeout(300)
class DirectionsTest {
  private static final AgentIdentity BOSS = AgentIdentity.of("manager_002", AgentType.MANAGER);
  private static final AgentIdentity HELPER = AgentIdentity.of("adhoc_001", AgentType.AD_HOC);
  private static final Payload CUSTOM = new Custom("CUSTOM_QUESTION", JsonObject.empty());
  private static final Payload STATE =
      StateSync.builder()
          .entityType(EntityType.CONFIGURATION)
          .entityId("theme")
          .operation(StateOperation.UPDATE)
          .state(JsonObject.empty())
          .syncTimestamp(Samples.TIME)
          .build();

  private final Channels channels = SpChannels.inproc("directions");

  /** From, to, what, and the code of the refusal; none where it is taken. */
  static Stream<Arguments> ways() {
    return Stream.of(
        arguments(BOSS, MANAGER, Samples.assignment("t1"), E_ROUTING_002),
        arguments(WORKER, MANAGER, Samples.assignment("t1"), E_ROUTING_002),
        arguments(WORKER, MANAGER, Samples.update("t1", 0.5), E_TASK_001),
        arguments(BOSS, MANAGER, Samples.update("t1", 0.5), E_VALIDATION_009),
        arguments(HELPER, MANAGER, Samples.update("t1", 0.5), E_VALIDATION_009),
        arguments(WORKER, MANAGER, Samples.handoff(WORKER, OTHER), E_TASK_001),
        arguments(WORKER, MANAGER, Samples.error(), null),
        arguments(BOSS, MANAGER, Samples.error(), null),
        arguments(HELPER, MANAGER, Samples.error(), null),
        arguments(WORKER, MANAGER, STATE, null),
        arguments(BOSS, MANAGER, STATE, null),
        arguments(WORKER, MANAGER, CUSTOM, E_PROTOCOL_006),
        arguments(MANAGER, WORKER, Samples.assignment("t1"), null),
        arguments(OTHER, WORKER, Samples.assignment("t1"), E_VALIDATION_009),
        arguments(HELPER, WORKER, Samples.assignment("t1"), E_VALIDATION_009),
        arguments(MANAGER, WORKER, Samples.update("t1", 0.5), E_ROUTING_002),
        arguments(OTHER, WORKER, Samples.update("t1", 0.5), E_ROUTING_002),
        arguments(MANAGER, WORKER, Samples.error(), E_ROUTING_002),
        arguments(OTHER, WORKER, Samples.handoff(OTHER, WORKER), E_ROUTING_002),
        arguments(MANAGER, WORKER, STATE, null),
        arguments(OTHER, WORKER, STATE, null),
        arguments(MANAGER, WORKER, CUSTOM, E_PROTOCOL_006));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void receive_fromOneTypeToAnother_isTakenOrRefusedAsTheTableSays(
      AgentIdentity from, AgentIdentity to, Payload payload, @Nullable ErrorCode code)
      throws Exception {
    try (AutoCloseable _ = runtime(to);
        AgentBus sender =
            AgentBus.open(from, registry(), channels, (_, _) -> {}, BusOptions.defaults())) {
      var sent = sender.send(sender.compose(to, payload).correlationId("c").build());
      if (code == null) {
        assertThat(sent.get(60, TimeUnit.SECONDS).receipts()).hasSize(1);
      } else {
        assertThatThrownBy(() -> sent.get(60, TimeUnit.SECONDS))
            .cause()
            .isInstanceOfSatisfying(
                DeliveryException.class, e -> assertThat(e.code()).isEqualTo(code));
      }
    }
  }

  @Test
  void open_agentOfTheOtherType_isRefused() {
    assertThatThrownBy(() ->
            TaskManager.open(
                WORKER, registry(), channels, TaskListener.NONE, BusOptions.defaults()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("impl_001");
    assertThatThrownBy(
            () -> TaskAgent.open(MANAGER, registry(), channels, _ -> {}, BusOptions.defaults()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("manager_001");
  }

  @Test
  void assign_toAManager_isRefusedAtOnce() {
    try (TaskManager manager =
        TaskManager.open(MANAGER, registry(), channels, TaskListener.NONE, BusOptions.defaults())) {
      assertThatThrownBy(() -> manager.assign(BOSS, Samples.assignment("t1")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("manager_002");
      assertThat(manager.tasks()).isEmpty();
    }
  }

  private AutoCloseable runtime(AgentIdentity self) {
    BusOptions options = BusOptions.defaults().withCustomType(CUSTOM.typeName(), Schema.empty());
    return self.equals(MANAGER)
        ? TaskManager.open(self, registry(), channels, TaskListener.NONE, options)
        : TaskAgent.open(self, registry(), channels, _ -> {}, options);
  }

  private static Registry registry() {
    Registry registry = new Registry();
    for (AgentIdentity agent : new AgentIdentity[] {MANAGER, BOSS, WORKER, OTHER, HELPER}) {
      registry.register(agent);
    }
    return registry;
  }
}
