package dev.aeon.apm.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.Samples;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import org.junit.jupiter.api.Test;

/** Who is registered. */
class RegistryTest {
  private final Registry registry = new Registry();

  @Test
  void register_twice_changesNothing() {
    assertThat(registry.register(Samples.WORKER)).isTrue();
    assertThat(registry.register(Samples.WORKER)).isTrue();
    assertThat(registry.agents()).containsExactly(Samples.WORKER);
  }

  @Test
  void register_sameIdInAnotherCaseOrType_isRefused() {
    registry.register(Samples.WORKER);
    assertThat(registry.register(AgentIdentity.of("IMPL_001", AgentType.IMPLEMENTATION))).isFalse();
    assertThat(registry.register(AgentIdentity.of("impl_001", AgentType.AD_HOC))).isFalse();
    assertThat(registry.find(new AgentId("IMPL_001"))).isEmpty();
  }

  @Test
  void unregister_inAnotherCase_removesNothing() {
    registry.register(Samples.WORKER);
    registry.unregister(new AgentId("IMPL_001"));
    assertThat(registry.find(Samples.WORKER.agentId())).contains(Samples.WORKER);
    registry.unregister(Samples.WORKER.agentId());
    assertThat(registry.agents()).isEmpty();
  }

  @Test
  void agentsOfType_areOrderedById() {
    registry.register(Samples.OTHER);
    registry.register(Samples.MANAGER);
    registry.register(Samples.WORKER);
    assertThat(registry.agentsOfType(AgentType.IMPLEMENTATION))
        .containsExactly(Samples.WORKER, Samples.OTHER);
  }
}
