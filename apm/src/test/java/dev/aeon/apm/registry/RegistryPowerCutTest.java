package dev.aeon.apm.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.Samples;
import dev.aeon.apm.internal.files.DiskStep;
import dev.aeon.apm.internal.files.PowerCuts;
import dev.aeon.apm.internal.files.RecordingStorage;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.track.VirtualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whenever power fails, agents are there with the epoch they were told, and removed ones are not.
 */
@Timeout(300)
class RegistryPowerCutTest {
  @TempDir Path directory;
  private final VirtualClock clock = new VirtualClock(Samples.TIME);
  private RecordingStorage storage;

  @Test
  void power_isCutAfterAnyStep_noLifeIsCountedTwiceAndNoAgentIsLost() throws IOException {
    Path root = Files.createDirectory(directory.resolve("recorded"));
    storage = new RecordingStorage(root);
    Registry registry = Registry.open(storage, root, clock);
    for (long life = 1; life <= 4; life++) {
      for (AgentIdentity agent : List.of(Samples.MANAGER, Samples.WORKER, Samples.OTHER)) {
        join(registry, agent, life);
      }
      registry.heartbeat(Samples.WORKER.agentId());
      registry.leave(Samples.WORKER.agentId());
    }
    intend(Samples.OTHER, PowerCuts.NOTHING);
    registry.unregister(Samples.OTHER.agentId());
    promise(Samples.OTHER);

    int losses =
        PowerCuts.check(
            storage.steps(),
            Files.createDirectory(directory.resolve("cut")),
            (left, _) -> read(left));
    assertThat(losses).as("cuts that took what was not promised yet").isPositive();
  }

  private void join(Registry registry, AgentIdentity agent, long life) {
    intend(agent, life);
    assertThat(registry.join(agent, List.of()).orElseThrow().epoch()).isEqualTo(life);
    promise(agent);
  }

  private Map<String, Object> read(Path root) {
    Map<String, Object> found = new HashMap<>();
    for (AgentRecord record : Registry.open(new RecordingStorage(root), root, clock).records()) {
      found.put(record.identity().agentId().value(), record.epoch());
    }
    return found;
  }

  private void intend(AgentIdentity agent, Object value) {
    storage.note(new DiskStep.Intent(agent.agentId().value(), value));
  }

  private void promise(AgentIdentity agent) {
    storage.note(new DiskStep.Promise(agent.agentId().value()));
  }
}
